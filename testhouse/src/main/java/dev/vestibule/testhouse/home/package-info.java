/// A Home Assistant inside the process, which answers as a real one was recorded to answer.
///
/// [ScriptedHomeAssistant] is the entry. One event loop thread does everything, as the original's
/// does: bytes come in through [Listener] and [HttpConnection], [Door] asks what every request is
/// asked, an endpoint of one of the `...Api` classes answers; `/api/websocket` goes on in
/// [SocketConnection], where [Commands] finds the command. What the house knows is in [House].
///
/// It knows nothing of any gateway.
@NullMarked
package dev.vestibule.testhouse.home;

import org.jspecify.annotations.NullMarked;
