/// Where every request comes in: the listener, the strict reading of HTTP/1.1, and the door, which
/// takes each request through the same steps: target, home, client address, route, caller, policy,
/// and then to a handler of ours, to Home Assistant, or to the websocket relay.
///
/// Entry: [Listener] opens the port; [Door] takes the steps; one `ClientConnection` per connection
/// lives on an event loop and never blocks it. Decides nothing about access itself.
@NullMarked
package dev.vestibule.gate;

import org.jspecify.annotations.NullMarked;
