/// What others wrote, made fit to stand in a terminal, a log or a sentence of ours, and to be read.
///
/// Entry: [ForeignText]. It knows what does harm there; what stands around such a text, quote marks
/// and escapes, is the business of the place. [UnambiguousJson] reads what two readers would not
/// read differently.
@NullMarked
package dev.vestibule.foreign;

import org.jspecify.annotations.NullMarked;
