/// The circuit breaker: when an identity system would take the access of many people at once,
/// somebody is asked first. Attack and accident alike: a client that sees an empty directory, or
/// whoever holds its token, would lock a house out.
///
/// Entry: [Breaker]. Whoever takes access away on another's word asks it inside the transaction
/// that would. What people are to a source is for the callers to know.
@NullMarked
package dev.vestibule.breaker;

import org.jspecify.annotations.NullMarked;
