/// The page of a first run: a gateway without a configuration asks in a browser what `vestibule
/// setup` asks in a terminal.
///
/// [FirstRun] opens a port of its own (with limits of its own, as `management` has them) and waits.
/// [FirstRunDoor] decides who may ask: nobody without the [OneTimeCode] of the console, then one
/// browser. [Wizard] goes through the [Step]s, whose answers are [Answers]; what is judged, probed
/// and written is the room `setup`'s.
///
/// Whoever has the code makes this machine speak with any address: the code is what stands against
/// that, and nothing is asked anywhere before it. See `docs/threat-model.md`.
@NullMarked
package dev.vestibule.firstrun;

import org.jspecify.annotations.NullMarked;
