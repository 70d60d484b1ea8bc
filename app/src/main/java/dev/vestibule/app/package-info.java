/// The launcher, and the demo: the product between a simulated Home Assistant and a demo identity
/// provider, all on this machine.
///
/// Entry: [Launcher]; [DemoHouse] is the whole demo, [DemoCheck] walks it.
@NullMarked
package dev.vestibule.app;

import org.jspecify.annotations.NullMarked;
