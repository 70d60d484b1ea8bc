/// What every handler reads and writes: the parsed request target, headers, parameters, cookies,
/// and the answer. Knows nothing of Netty and nothing of any feature.
///
/// Entry: [Handler], [Request], [Response]. [RequestTarget] is the one parse of a path.
@NullMarked
package dev.vestibule.http;

import org.jspecify.annotations.NullMarked;
