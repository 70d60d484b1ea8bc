/// What is wrong with a set-up, and how to mend it: the whole chain is looked at from the outside
/// in, by the same classes that a gateway uses.
///
/// Entry: [Doctor] makes the [Check]s and walks through them; each gives [Finding]s, whose [Cause]s
/// are the table of `docs/doctor.md`. Works without a running gateway and beside one, and changes
/// nothing.
///
/// Must not know how findings are shown, nor how a gateway is built.
@NullMarked
package dev.vestibule.doctor;

import org.jspecify.annotations.NullMarked;
