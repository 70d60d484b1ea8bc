/// The console under `/auth/vestibule/console`: what administrators see of the gateway, and do to
/// it. Every page is one [ConsolePage][dev.vestibule.console.ConsolePage] at one
/// [ConsolePlace][dev.vestibule.console.ConsolePlace]; read
/// [ConsoleDoor][dev.vestibule.console.ConsoleDoor] first, which says who comes in.
@NullMarked
package dev.vestibule.console;

import org.jspecify.annotations.NullMarked;
