/// The configuration: one tree of records, read once, checked once, handed on in parts.
///
/// Entry: [GatewayConfig] is the tree. No other package reads files of settings, the environment or
/// system properties.
@NullMarked
package dev.vestibule.config;

import org.jspecify.annotations.NullMarked;
