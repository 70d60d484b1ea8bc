package dev.vestibule.testhouse.openid;

import com.nimbusds.jose.util.Base64URL;

import dev.vestibule.testhouse.openid.SignIn.IssuedCode;
import dev.vestibule.testhouse.openid.Tickets.Spending;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// The token endpoint: codes and refresh tokens become tokens.
final class TokenEndpoint implements Handler {

    private final ClientAuthenticator authenticator;
    private final SignIn signIn;
    private final Grants grants;
    private final People people;
    private final TokenAnswers answers;
    private final Script script;

    TokenEndpoint(
            ClientAuthenticator authenticator,
            SignIn signIn,
            Grants grants,
            People people,
            TokenAnswers answers,
            Script script) {
        this.authenticator = authenticator;
        this.signIn = signIn;
        this.grants = grants;
        this.people = people;
        this.answers = answers;
        this.script = script;
    }

    @Override
    public Answer handle(ProviderRequest request) {
        if (!request.method().equals("POST") || request.repeatsParameter()) {
            return OAuthErrors.of(400, "invalid_request", "one POST, each parameter once");
        }
        return authenticator
                .authenticate(request)
                .map(client -> exchange(client, request))
                .orElseGet(() -> OAuthErrors.invalidClient(request));
    }

    private Answer exchange(RegisteredClient client, ProviderRequest request) {
        return switch (request.parameter("grant_type").orElse("")) {
            case "authorization_code" -> redeemCode(client, request);
            case "refresh_token" -> refresh(client, request.parameter("refresh_token").orElse(""));
            default -> OAuthErrors.of(400, "unsupported_grant_type", "code and refresh only");
        };
    }

    /// RFC 6749 section 4.1.3.
    private Answer redeemCode(RegisteredClient client, ProviderRequest request) {
        return switch (signIn.redeem(request.parameter("code").orElse(""))) {
            case Spending.Fresh<IssuedCode>(var code) -> redeem(code, client, request);
            case Spending.Again<IssuedCode>(var code) -> replay(code, client, request);
            case Spending.Unknown<IssuedCode> _ -> invalidGrant("no such code");
        };
    }

    /// RFC 6749 section 4.1.2: whatever came of the code before is revoked.
    private Answer replay(IssuedCode code, RegisteredClient client, ProviderRequest request) {
        if (script.tells(TokenLie.CODE_REPLAY_ALLOWED)) {
            return redeem(code, client, request);
        }
        grants.revoke(code.grant());
        return invalidGrant("the code was used before");
    }

    private Answer redeem(IssuedCode code, RegisteredClient client, ProviderRequest request) {
        if (!code.grant().clientId().equals(client.clientId())) {
            return invalidGrant("the code belongs to another client");
        }
        if (!request.parameter("redirect_uri").equals(Optional.of(code.redirectUri().toString()))) {
            return invalidGrant("redirect_uri is not the one of the request");
        }
        if (!isProven(code, request.parameter("code_verifier").orElse(""))) {
            return invalidGrant("code_verifier does not fit");
        }
        return people.findActive(code.grant().subject())
                .map(person -> answers.first(code.grant(), client, person))
                .orElseGet(() -> invalidGrant("this person may not sign in"));
    }

    /// RFC 7636 section 4.6. A verifier without a challenge is refused too: RFC 9700 section 2.1.1.
    private boolean isProven(IssuedCode code, String verifier) {
        if (script.tells(TokenLie.PKCE_IGNORED)) {
            return true;
        }
        return code.challenge().isEmpty()
                ? verifier.isEmpty()
                : code.challenge().equals(challengeOf(verifier));
    }

    /// RFC 6749 section 6, with rotation.
    private Answer refresh(RegisteredClient client, String refreshToken) {
        boolean isForeign =
                grants.findByRefreshToken(refreshToken)
                        .filter(grant -> !grant.clientId().equals(client.clientId()))
                        .isPresent();
        if (isForeign) {
            return invalidGrant("the refresh token belongs to another client");
        }
        boolean isDisabled =
                grants.findByRefreshToken(refreshToken)
                        .filter(grant -> people.findActive(grant.subject()).isEmpty())
                        .isPresent();
        if (isDisabled) {
            return invalidGrant("User disabled");
        }
        return switch (grants.spendRefreshToken(refreshToken)) {
            case Spending.Fresh<Grant>(var grant) ->
                    people.findActive(grant.subject())
                            .map(person -> answers.refreshed(grant, client, person))
                            .orElseGet(() -> invalidGrant("this person may not sign in"));
            case Spending.Again<Grant>(var grant) -> {
                grants.revoke(grant);
                yield invalidGrant("the refresh token was used before");
            }
            case Spending.Unknown<Grant> _ -> invalidGrant("no such refresh token");
        };
    }

    private static Answer invalidGrant(String description) {
        return OAuthErrors.of(400, "invalid_grant", description);
    }

    private static String challengeOf(String verifier) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException problem) {
            throw new IllegalStateException("this JDK has no SHA-256", problem);
        }
    }
}
