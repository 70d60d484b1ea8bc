/// A proxy that signs people in before they reach a program, and says so in a signed header: true
/// assertions, and every lie that a program must see through.
///
/// Entry: [ScriptedProxy].
@NullMarked
package dev.vestibule.testhouse.proxy;

import org.jspecify.annotations.NullMarked;
