package dev.vestibule.testhouse.openid;

import java.time.Instant;
import java.util.Set;

/// What one sign-in of one person gave to one client: codes and tokens hang on it.
///
/// @param id names the grant, so that everything made from it can be revoked together
/// @param nonce of the authorization request, empty when it had none
/// @param acr the authentication context class that was reached
/// @param sid the provider's session
record Grant(
        String id,
        String clientId,
        String subject,
        Set<String> scope,
        String nonce,
        Instant authTime,
        String acr,
        String sid) {}
