package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.foreign.ForeignText;
import dev.vestibule.oidc.Discovery.Extra;
import dev.vestibule.oidc.SignInResult.RefusedByProvider;
import dev.vestibule.oidc.SignInResult.Rejected;
import dev.vestibule.oidc.SignInResult.Verified;
import dev.vestibule.oidc.TokenEndpoint.TokenAnswer;
import dev.vestibule.oidc.TokenEndpoint.TokenAnswer.Granted;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// The second half of a sign-in: from the provider's answer to a person. Each step believes only
/// what the steps before it have proven, and nothing is sent on behalf of an answer that is not
/// ours.
final class SignIn {

    /// RFC 6749 appendix A.11: a code is printable ASCII. The length is ours.
    private static final Pattern CODE = Pattern.compile("[\\x20-\\x7E]{1,4096}");

    private static final Pattern ERROR_CODE = Pattern.compile("[a-z0-9_.-]{1,64}");

    private final OpenIdProviderConfig config;
    private final TokenEndpoint tokens;
    private final IdTokenVerifier idTokens;
    private final UserInfoEndpoint userInfo;
    private final Liveness liveness;

    SignIn(
            OpenIdProviderConfig config,
            TokenEndpoint tokens,
            IdTokenVerifier idTokens,
            UserInfoEndpoint userInfo,
            Liveness liveness) {
        this.config = config;
        this.tokens = tokens;
        this.idTokens = idTokens;
        this.userInfo = userInfo;
        this.liveness = liveness;
    }

    SignInResult complete(
            Discovery discovery,
            AuthorizationResponseParameters response,
            PendingSignIn pending,
            Instant now) {
        try {
            requireOurs(discovery, response, pending);
            Optional<String> error = response.single("error");
            if (error.isPresent()) {
                return new RefusedByProvider(sanitised(error.get()));
            }
            return redeem(discovery, code(response), pending, now);
        } catch (TokenRefused refused) {
            return new Rejected(refused.reason(), refused.detail());
        }
    }

    /// Everything that can be said before anything is sent.
    private void requireOurs(
            Discovery discovery, AuthorizationResponseParameters response, PendingSignIn pending)
            throws TokenRefused {
        if (response.hasDuplicates()) {
            throw new TokenRefused(
                    RejectionReason.DUPLICATE_PARAMETER, "a parameter appears twice");
        }
        if (!pending.issuer().value().equals(config.issuer().toString())) {
            throw new TokenRefused(
                    RejectionReason.OTHER_PROVIDER, "this sign-in began at another provider");
        }
        // RFC 6749 section 10.12: an answer that this browser did not ask for.
        if (!response.state().map(pending.state()::equals).orElse(false)) {
            throw new TokenRefused(
                    RejectionReason.STATE_MISMATCH, "no state, or one of another sign-in");
        }
        requireResponseIssuer(discovery, response.single("iss"));
        if (response.has("code") && response.has("error")) {
            throw new TokenRefused(RejectionReason.CODE_AND_ERROR, "both code and error");
        }
    }

    /// RFC 9207 section 2.4, for answers with an error too: stops a provider from handing us the
    /// code of another one.
    private void requireResponseIssuer(Discovery discovery, Optional<String> iss)
            throws TokenRefused {
        if (iss.isEmpty() && discovery.sendsIssuer()) {
            throw new TokenRefused(
                    RejectionReason.RESPONSE_ISSUER_MISSING, "the provider promises iss");
        }
        if (iss.isPresent() && !iss.get().equals(config.issuer().toString())) {
            throw new TokenRefused(
                    RejectionReason.RESPONSE_ISSUER_MISMATCH,
                    "iss is " + ForeignText.excerpt(iss.get()));
        }
    }

    private static String sanitised(String errorCode) {
        return ERROR_CODE.matcher(errorCode).matches() ? errorCode : "unreadable";
    }

    private static String code(AuthorizationResponseParameters response) throws TokenRefused {
        return response.single("code")
                .filter(code -> CODE.matcher(code).matches())
                .orElseThrow(
                        () -> new TokenRefused(RejectionReason.CODE_MISSING, "no usable code"));
    }

    private SignInResult redeem(
            Discovery discovery, String code, PendingSignIn pending, Instant now)
            throws TokenRefused {
        return switch (tokens.redeem(discovery.tokenEndpoint(), code, pending)) {
            case TokenAnswer.Refused _ ->
                    new Rejected(RejectionReason.CODE_REFUSED, "invalid_grant");
            case Granted granted -> new Verified(identity(discovery, granted, pending, now));
        };
    }

    /// The ID token is judged before UserInfo is asked: a refused one must not make us use its
    /// access token anywhere.
    private VerifiedIdentity identity(
            Discovery discovery, Granted granted, PendingSignIn pending, Instant now)
            throws TokenRefused {
        String idToken =
                granted.idToken()
                        .orElseThrow(
                                () ->
                                        new TokenRefused(
                                                RejectionReason.ID_TOKEN_MISSING,
                                                "the token answer has no id_token"));
        ObjectNode claims =
                idTokens.verify(
                        idToken, discovery.algorithms(), pending, granted.accessToken(), now);
        ObjectNode further = userInfoClaims(discovery, granted, claims);
        return ClaimReader.identity(
                config,
                claims,
                further,
                AuthTime.of(config.freshSignIn(), claims, pending.prompt(), now),
                liveness.offered(discovery, granted, pending.prompt()));
    }

    private ObjectNode userInfoClaims(Discovery discovery, Granted granted, ObjectNode claims)
            throws TokenRefused {
        Optional<URI> endpoint = discovery.endpoint(Extra.USER_INFO);
        if (endpoint.isEmpty() || !ClaimReader.wantsUserInfo(config, claims)) {
            return JsonNodeFactory.instance.objectNode();
        }
        return userInfo.claims(endpoint.get(), granted.accessToken(), claims.path("sub").asText());
    }
}
