/// Where machines ask how the gateway is: `/health`, `/ready` and `/metrics`, on an address of
/// their own ([Management]), never where people come in. [Desk] has the answers, [DatabaseProbe]
/// asks the database, [HouseReadings] are the readings that are looked up when somebody asks.
///
/// Served by Netty, on the event loops that serve people, and not by the JDK's own small server: a
/// `/health` that answers then says that those loops turn, and every limit (connections, bytes of a
/// head, time) belongs to this one listener, where `jdk.httpserver` takes them from system
/// properties for the whole process, has none for a client that drips, and matches paths by their
/// beginning. What waits, waits on a virtual thread.
///
/// It knows nobody's name and shows no secret; whoever reaches the address may ask.
@NullMarked
package dev.vestibule.management;

import org.jspecify.annotations.NullMarked;
