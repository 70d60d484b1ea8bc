/// The entrance for operators: the command line.
///
/// Entry: [Cli] makes the commands, [Surroundings] is what they see of the world outside. `serve`
/// starts a gateway by [GatewayStarter] and opens [ControlServer], a Unix socket in the data
/// directory; `account` and `grant` speak to it by [ControlClient], so that a running gateway is
/// the only one that changes its own state. `setup` asks what the room of that name judges and
/// writes.
///
/// Knows nothing of HTTP and of how a gateway is built.
@NullMarked
package dev.vestibule.cli;

import org.jspecify.annotations.NullMarked;
