/// A program that wants access to a home and says about itself, in a document at an https address
/// of its own, where its answers go. Its server can be told to misbehave.
///
/// Entry: [ScriptedProgram].
@NullMarked
package dev.vestibule.testhouse.program;

import org.jspecify.annotations.NullMarked;
