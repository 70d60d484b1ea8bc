package dev.vestibule.management;

import java.time.Duration;

/// How much may be asked. Two or three programs ask, every few seconds.
///
/// @param connections open at once; one more is closed as it comes
/// @param lineBytes of a request's first line
/// @param headBytes of its headers
/// @param time from the first moment of a connection to its end, the answer included
record Limits(int connections, int lineBytes, int headBytes, Duration time) {

    static final Limits DEFAULT = new Limits(32, 256, 8 * 1024, Duration.ofSeconds(15));
}
