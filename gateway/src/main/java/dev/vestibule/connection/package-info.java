/// Open connections, and how they are cut. Sessions and grants each hold a [Connections]; whoever
/// opens a socket or a stream registers there.
@NullMarked
package dev.vestibule.connection;

import org.jspecify.annotations.NullMarked;
