/// The audit log in sentences that a person understands, in their language.
///
/// Entry: [Telling]. It knows who is who; what happened is known by `audit`, below. Whoever shows a
/// line takes its sentence from here, so that what strangers wrote is made harmless in one place,
/// [Foreign].
@NullMarked
package dev.vestibule.telling;

import org.jspecify.annotations.NullMarked;
