/// Home Assistant's websocket, seen through. The gateway answers the handshake, asks for the token
/// itself, and connects to Home Assistant only for a live grant. What Home Assistant sends is
/// relayed as the frames it comes in; what the client sends is read, because some commands matter.
///
/// Entry: [HomeSockets]. [HomeSocket] is one websocket from handshake to close, [ClientCommands]
/// the table of commands that are handled. Everything runs on the event loop of the client's
/// channel; only the judging of a token waits elsewhere, and what is carried out here, see
/// [OwnTokenQueue].
@NullMarked
package dev.vestibule.socket;

import org.jspecify.annotations.NullMarked;
