/// Who a request is, and what it may: the one decision, the same for HTTP and websocket.
///
/// Entry: [AccessPolicy] decides from an [AccessRequest], which holds only values that the door has
/// parsed. [RouteTable] says what kind of path it is. Knows nothing of Netty and of raw headers.
@NullMarked
package dev.vestibule.policy;

import org.jspecify.annotations.NullMarked;
