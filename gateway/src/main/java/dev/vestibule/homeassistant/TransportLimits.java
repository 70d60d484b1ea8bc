package dev.vestibule.homeassistant;

import java.time.Duration;

/// What a conversation with Home Assistant may take.
///
/// @param connect for opening a connection
/// @param answer for a whole HTTP exchange, body included; a password check takes up to a second on
///   a small machine
/// @param command for the answer to a websocket command: some never come
/// @param ping how often a quiet administrator's connection is tried
/// @param retryFirst the first wait after a lost connection; it doubles
/// @param retryLast the longest such wait; people stand at the door while it runs
/// @param retryRefused the wait after a refused token, which is longer: Home Assistant counts each
///   try as a failed login, and may be told to ban the gateway's address for some of them
/// @param firstAttempt how long requests wait for the first connection of a gateway that has just
///   started
/// @param bodyBytesMax of an HTTP answer
/// @param messageCharsMax of a websocket message; the states of a large house come in one, and a
///   small machine's heap must hold it, at two bytes each where names are not Latin
record TransportLimits(
        Duration connect,
        Duration answer,
        Duration command,
        Duration ping,
        Duration retryFirst,
        Duration retryLast,
        Duration retryRefused,
        Duration firstAttempt,
        long bodyBytesMax,
        long messageCharsMax) {

    static final TransportLimits DEFAULT =
            new TransportLimits(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(3),
                    1 << 20,
                    32L << 20);
}
