/// A whole gateway among real things: real OpenID providers, Home Assistant's own JavaScript
/// client, and a real browser. Only Home Assistant itself is simulated.
@NullMarked
package dev.vestibule.e2e;

import org.jspecify.annotations.NullMarked;
