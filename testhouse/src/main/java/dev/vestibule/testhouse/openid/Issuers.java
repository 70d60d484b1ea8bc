package dev.vestibule.testhouse.openid;

import java.net.URI;

/// The addresses of the provider, of its second origin, and the name of a provider that is not
/// there.
///
/// @param own the issuer as it stands in discovery and tokens
/// @param elsewhere the second origin, without a slash at its end
record Issuers(URI own, URI elsewhere) {

    /// The issuer without a slash at its end: endpoints follow it.
    String base() {
        return withoutSlash(own.toString());
    }

    String endpoint(Endpoint endpoint) {
        return base() + endpoint.path();
    }

    /// Another provider, which exists nowhere (RFC 2606 section 2).
    String stranger() {
        return "https://other-provider.invalid";
    }

    static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
