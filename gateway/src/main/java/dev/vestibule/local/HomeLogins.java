package dev.vestibule.local;

import dev.vestibule.admission.AuthorizationCodeStore;
import dev.vestibule.admission.Decoys;
import dev.vestibule.admission.HomeRefusal;
import dev.vestibule.admission.HomeTokens;
import dev.vestibule.admission.HomeTurns;
import dev.vestibule.admission.Inner;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.homeassistant.AuthorizationCode;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRequest;
import dev.vestibule.homeassistant.RedeemResult;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Visitor;

import java.time.InstantSource;
import java.util.Optional;

/// Has people prove their own login to Home Assistant, by its login flow, and finds out whose it
/// is. Safe to share between threads. Every method waits, and throws [HomeAssistantUnavailable] for
/// an outage.
///
/// Whose it is, only a token says: the flow's code is redeemed here, and the token is asked about.
/// The flow is always of type `authorize`: one of type `link_user` would end before Home Assistant
/// asks for a second factor (attack G7).
final class HomeLogins {

    private final InstantSource time;
    private final NetworkConfig network;
    private final Decoys decoys;
    private final HomeTurns turns;
    private final AuthorizationCodeStore codes;

    HomeLogins(
            InstantSource time,
            NetworkConfig network,
            Decoys decoys,
            HomeTurns turns,
            AuthorizationCodeStore codes) {
        this.time = time;
        this.network = network;
        this.decoys = decoys;
        this.turns = turns;
        this.codes = codes;
    }

    /// What somebody typed, and for which client.
    record Attempt(String username, Secret password, String clientId, String redirectUri) {}

    LoginOutcome begin(HomeAssistant home, Visitor visitor, Attempt attempt) {
        LoginRequest request =
                new LoginRequest(
                        attempt.username(),
                        attempt.password(),
                        attempt.clientId(),
                        attempt.redirectUri(),
                        decoys.inPlaceOf(visitor.client()));
        LoginFlowResult result =
                turns.inTurn(visitor.home(), home, () -> home.loginFlows().signIn(request));
        return outcome(home, visitor, attempt.clientId(), result);
    }

    /// What a step of a flow came to.
    ///
    /// @param clientId the client that the flow is for
    LoginOutcome outcome(
            HomeAssistant home, Visitor visitor, String clientId, LoginFlowResult result) {
        return switch (result) {
            case LoginFlowResult.Code(var code) -> redeem(home, visitor, clientId, code);
            case LoginFlowResult.MfaRequired(var step) ->
                    new LoginOutcome.SecondFactor(step, false);
            case LoginFlowResult.WrongMfaCode(var step) ->
                    new LoginOutcome.SecondFactor(step, true);
            case LoginFlowResult.InvalidCredentials() -> new LoginOutcome.Wrong();
            case LoginFlowResult.Refused(var reason) ->
                    new LoginOutcome.Refused(HomeRefusal.of(reason));
            case LoginFlowResult.Aborted(var reason) ->
                    new LoginOutcome.Refused(HomeRefusal.of(reason));
        };
    }

    private LoginOutcome redeem(
            HomeAssistant home, Visitor visitor, String clientId, AuthorizationCode code) {
        RedeemResult result = home.tokens().redeem(code, clientId, visitor.client().accountable());
        return switch (result) {
            case RedeemResult.Tokens made ->
                    identify(home, visitor, HomeTokens.of(made, time.instant()));
            case RedeemResult.Refused(int status, _) ->
                    new LoginOutcome.Refused(
                            status == 403 ? HomeRefusal.LOCAL_ONLY : HomeRefusal.OTHER);
        };
    }

    private LoginOutcome identify(HomeAssistant home, Visitor visitor, HomeTokens tokens) {
        boolean isHandedOn = false;
        try {
            LoginOutcome outcome = whose(home, visitor, tokens);
            isHandedOn = outcome instanceof LoginOutcome.Proven;
            return outcome;
        } finally {
            if (!isHandedOn) {
                codes.discard(visitor.home(), tokens);
            }
        }
    }

    private LoginOutcome whose(HomeAssistant home, Visitor visitor, HomeTokens tokens) {
        TokenProbeResult probed =
                home.tokenProbe().ask(tokens.accessToken(), visitor.client().accountable());
        return switch (probed) {
            case TokenProbeResult.Dead() -> new LoginOutcome.Refused(HomeRefusal.OTHER);
            case TokenProbeResult.Alive(var userId, _, _, _) ->
                    judge(home, visitor, userId, tokens);
        };
    }

    /// Home Assistant is not asked alone whether somebody may come from elsewhere: where it does
    /// not accept the address of the person, everybody is at home to it.
    private LoginOutcome judge(
            HomeAssistant home, Visitor visitor, String userId, HomeTokens tokens) {
        Optional<HomeAssistantUser> user = home.users().find(userId);
        if (user.isEmpty()) {
            return new LoginOutcome.Refused(HomeRefusal.OTHER);
        }
        return refusalOf(user.get(), network.isLan(visitor.client()))
                .<LoginOutcome>map(LoginOutcome.Refused::new)
                .orElseGet(
                        () ->
                                new LoginOutcome.Proven(
                                        user.get(), new Inner.Redeemed(tokens, userId)));
    }

    /// Why a user does not come in by their password, however right it is.
    static Optional<HomeRefusal> refusalOf(HomeAssistantUser user, boolean isAtHome) {
        if (user.systemGenerated()) {
            return Optional.of(HomeRefusal.OTHER);
        }
        if (!user.isActive()) {
            return Optional.of(HomeRefusal.INACTIVE);
        }
        return user.localOnly() && !isAtHome
                ? Optional.of(HomeRefusal.LOCAL_ONLY)
                : Optional.empty();
    }
}
