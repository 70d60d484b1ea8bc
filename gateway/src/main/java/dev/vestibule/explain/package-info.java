/// Says how the gateway judges and why: a request that nobody made. It looks and leaves no trace:
/// what it judges by is asked of those who judge at the door, and nothing is decided here.
///
/// Entry: [RequestWords] for a request that the door has rehearsed. It ends in an [Explanation].
/// Knows nothing of how questions arrive.
@NullMarked
package dev.vestibule.explain;

import org.jspecify.annotations.NullMarked;
