/// The way to Home Assistant: requests and answers streamed in both directions, and the one owner
/// of the header rules that hold for HTTP and websocket alike.
///
/// Entry: [Upstream] for HTTP, [SocketRelay] for websockets, [ForwardRules] for headers. Works on
/// the event loop of the client's connection and never blocks it. Decides nothing about access:
/// whoever calls has asked the policy.
@NullMarked
package dev.vestibule.proxy;

import org.jspecify.annotations.NullMarked;
