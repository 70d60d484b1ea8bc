package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.OpenIdProviderConfig;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the claims of every ID token of a provider have to say, whichever sign-in it is of.
/// Immutable.
final class IdTokenClaims {

    private final OpenIdProviderConfig config;

    IdTokenClaims(OpenIdProviderConfig config) {
        this.config = config;
    }

    /// OIDC Core section 3.1.3.7, steps 2 to 5, 9 and 10.
    void requireOurs(ObjectNode claims, Instant now) throws TokenRefused {
        TokenClaims.requireIssuer(claims, config.issuer().toString());
        requireMeantForUs(claims);
        TokenClaims.requireTimes(claims, now);
        TokenClaims.requireSubject(claims);
    }

    private void requireMeantForUs(ObjectNode claims) throws TokenRefused {
        requireAuthorizedParty(
                claims, TokenClaims.requireAudience(claims, Set.of(config.clientId())));
    }

    /// Steps 4 and 5. With several audiences, each of which could hand the token on, it must say
    /// that it was made for us.
    private void requireAuthorizedParty(ObjectNode claims, List<String> audiences)
            throws TokenRefused {
        boolean mustBeThere = audiences.size() > 1;
        if (!claims.has("azp") && !mustBeThere) {
            return;
        }
        JsonNode azp = claims.path("azp");
        if (!azp.isTextual() || !azp.textValue().equals(config.clientId())) {
            throw TokenRefused.claim(RejectionReason.AUTHORIZED_PARTY_MISMATCH, "azp", claims, "");
        }
    }

    /// Step 12.
    void requireContext(ObjectNode claims) throws TokenRefused {
        JsonNode acr = claims.path("acr");
        boolean isGood = acr.isTextual() && config.requiredAcr().contains(acr.textValue());
        if (!config.requiredAcr().isEmpty() && !isGood) {
            throw TokenRefused.claim(RejectionReason.AUTHENTICATION_CONTEXT, "acr", claims, "");
        }
    }

    private interface Check {
        void require() throws TokenRefused;
    }

    /// All that these claims would be refused for, and not only the first.
    List<TokenRefused> objections(ObjectNode claims, Instant now) {
        List<Check> checks =
                List.of(
                        () -> TokenClaims.requireIssuer(claims, config.issuer().toString()),
                        () -> requireMeantForUs(claims),
                        () -> TokenClaims.requireTimes(claims, now),
                        () -> TokenClaims.requireSubject(claims),
                        () -> requireContext(claims));
        List<TokenRefused> objections = new ArrayList<>();
        for (Check check : checks) {
            try {
                check.require();
            } catch (TokenRefused objection) {
                objections.add(objection);
            }
        }
        return objections;
    }
}
