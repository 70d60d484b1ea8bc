package dev.vestibule.gate;

import java.time.Duration;

/// How long a client may take. None of them limits how long a stream lasts.
///
/// @param firstHead for the first head, whole (attack: slow headers)
/// @param nextHead from an answer to the next head, whole
/// @param bodyPiece from one piece of a body to the next, while we read (attack: slow bodies)
/// @param answer for an answer of our own to leave, from one piece to the next
/// @param linger for a client to notice that it was refused
record Deadlines(
        Duration firstHead,
        Duration nextHead,
        Duration bodyPiece,
        Duration answer,
        Duration linger) {

    static final Deadlines DEFAULT =
            new Deadlines(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(2));
}
