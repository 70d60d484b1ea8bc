/// The servers of voice assistants: they are linked through a person's browser, and speak to the
/// house by themselves from then on.
///
/// Entry: [VoiceVendor].
@NullMarked
package dev.vestibule.testhouse.voice;

import org.jspecify.annotations.NullMarked;
