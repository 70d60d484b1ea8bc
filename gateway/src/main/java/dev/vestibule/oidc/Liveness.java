package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.account.Subject;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.oidc.Discovery.Extra;
import dev.vestibule.oidc.RefreshedProof.GroupsToday;
import dev.vestibule.oidc.TokenEndpoint.TokenAnswer;
import dev.vestibule.oidc.TokenEndpoint.TokenAnswer.Granted;
import dev.vestibule.secret.Secret;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Asks a provider whether somebody is still welcome there (OIDC Core section 12).
final class Liveness {

    /// How Keycloak refuses the refresh token of a disabled user, and nobody else's. An error's
    /// text decides nothing elsewhere; but no specification has another way to tell somebody who
    /// was switched off from somebody who signed out.
    private static final String KEYCLOAK_DISABLED = "User disabled";

    private final OpenIdProviderConfig config;
    private final TokenEndpoint tokens;
    private final IdTokenVerifier idTokens;
    private final UserInfoEndpoint userInfo;

    Liveness(
            OpenIdProviderConfig config,
            TokenEndpoint tokens,
            IdTokenVerifier idTokens,
            UserInfoEndpoint userInfo) {
        this.config = config;
        this.tokens = tokens;
        this.idTokens = idTokens;
        this.userInfo = userInfo;
    }

    /// Whether a token that outlives the session at the provider is to be fetched after a sign-in.
    boolean wantsOfflineAccess(Discovery known) {
        return config.liveness().enabled()
                && config.liveness().offlineAccess()
                && !isAskedAtSignIn()
                && known.offersOfflineAccess();
    }

    private boolean isAskedAtSignIn() {
        return config.scopes().contains(AuthorizationRequests.OFFLINE_ACCESS);
    }

    /// What a sign-in gave for later.
    ///
    /// @param prompt what was asked
    LivenessProof offered(Discovery known, Granted granted, Prompt prompt) {
        if (!config.liveness().enabled()) {
            return new LivenessProof.NotOffered();
        }
        Optional<Secret> token = granted.refreshToken();
        if (token.isPresent()) {
            boolean isLasting = prompt == Prompt.SILENT || !wantsOfflineAccess(known);
            return new LivenessProof.Offered(config.id(), token.get(), isLasting);
        }
        return isAskedAtSignIn() || wantsOfflineAccess(known)
                ? new LivenessProof.Missing(config.id())
                : new LivenessProof.NotOffered();
    }

    /// The token is spent by the time that an answer is here, so nothing is thrown afterwards: a
    /// new one must not be lost over what else is wrong.
    RefreshedProof refresh(Discovery known, Secret refreshToken, Subject expected, Instant now) {
        try {
            return switch (tokens.refresh(known.tokenEndpoint(), refreshToken)) {
                case TokenAnswer.Refused(var description) -> refused(description);
                case Granted granted -> judge(known, granted, refreshToken, expected, now);
            };
        } catch (OpenIdProviderUnavailable away) {
            if (!away.mayHaveActed()) {
                throw away;
            }
            return new RefreshedProof.Unanswered(String.valueOf(away.getMessage()));
        }
    }

    private RefreshedProof refused(String description) {
        boolean isSaid = description.equals(KEYCLOAK_DISABLED);
        return isSaid && config.liveness().provesDisablement() == DisablementProof.WHEN_SAID
                ? new RefreshedProof.Disabled()
                : new RefreshedProof.Ended();
    }

    private RefreshedProof judge(
            Discovery known, Granted granted, Secret used, Subject expected, Instant now) {
        // RFC 6749 section 6: without a new one, the old one stays good.
        Secret token = granted.refreshToken().orElse(used);
        try {
            ObjectNode claims = JsonNodeFactory.instance.objectNode();
            if (granted.idToken().isPresent()) {
                String idToken = granted.idToken().get();
                claims =
                        idTokens.verifyRefreshed(
                                idToken, known.algorithms(), expected.value(), now);
            }
            return new RefreshedProof.StillValid(token, groups(known, granted, claims));
        } catch (TokenRefused refused) {
            return isAboutTime(refused.reason())
                    ? new RefreshedProof.Unjudged(token, "clocks differ: " + refused.detail())
                    : new RefreshedProof.Mismatch(refused.reason(), refused.detail());
        } catch (OpenIdProviderProblem keysAway) {
            return new RefreshedProof.Unjudged(token, "its keys cannot be had");
        }
    }

    /// A token that was made a moment ago and seems to be of another time says that a clock is
    /// wrong, ours perhaps, and nothing about the person.
    private static boolean isAboutTime(RejectionReason reason) {
        return reason == RejectionReason.EXPIRED
                || reason == RejectionReason.ISSUED_AT
                || reason == RejectionReason.NOT_YET_VALID;
    }

    /// Groups have one source, as at a sign-in: the ID token where it has them, else UserInfo.
    private GroupsToday groups(Discovery known, Granted granted, ObjectNode claims) {
        if (ClaimPath.find(claims, config.claims().groups()).isPresent()) {
            return new GroupsToday.Told(ClaimReader.groups(config, claims));
        }
        boolean isAskable =
                config.userInfo() != UserInfoUse.NEVER
                        && known.endpoint(Extra.USER_INFO).isPresent();
        return isAskable
                ? new GroupsToday.AskUserInfo(granted.accessToken())
                : new GroupsToday.NotTold();
    }

    /// @return what UserInfo says; [GroupsToday.NotTold] where it says nothing that counts
    GroupsToday groups(Discovery known, Secret accessToken, Subject expected) {
        Optional<URI> endpoint = known.endpoint(Extra.USER_INFO);
        if (endpoint.isEmpty()) {
            return new GroupsToday.NotTold();
        }
        try {
            return new GroupsToday.Told(
                    ClaimReader.groups(
                            config,
                            userInfo.claims(endpoint.get(), accessToken, expected.value())));
        } catch (TokenRefused refused) {
            return refused.reason() == RejectionReason.USER_INFO_SUBJECT
                    ? new GroupsToday.OfSomebodyElse(refused.detail())
                    : new GroupsToday.NotTold();
        }
    }
}
