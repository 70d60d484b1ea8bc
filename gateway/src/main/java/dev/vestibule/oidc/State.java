package dev.vestibule.oidc;

import dev.vestibule.secret.Secret;

/// The value that ties a provider's answer to the sign-in that asked for it (RFC 6749 section
/// 10.12). It travels through the address line and the provider's logs, so it proves nothing by
/// itself: the pending sign-in must be bound to the browser by another value.
public record State(Secret value) {}
