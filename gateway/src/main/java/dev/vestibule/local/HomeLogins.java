package dev.vestibule.local;

import dev.vestibule.admission.AuthorizationCodeStore;
import dev.vestibule.admission.HomeRefusal;
import dev.vestibule.admission.HomeTokens;
import dev.vestibule.admission.Inner;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.homeassistant.AuthorizationCode;
import dev.vestibule.homeassistant.ForwardedHeaders;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRequest;
import dev.vestibule.homeassistant.MfaStep;
import dev.vestibule.homeassistant.RedeemResult;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.visit.Visitor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Has people prove their own login to Home Assistant, by its login flow, and finds out whose it
/// is. Safe to share between threads. Every method waits, and throws [HomeAssistantUnavailable] for
/// an outage.
///
/// Whose it is, only a token says: the flow's code is redeemed here, and the token is asked about.
/// The flow is always of type `authorize`: one of type `link_user` would end before Home Assistant
/// asks for a second factor (attack G7).
final class HomeLogins {

    private static final Duration TURN_MAX = Duration.ofSeconds(20);

    private final Map<HomeId, Semaphore> turns = new ConcurrentHashMap<>();
    private final InstantSource time;
    private final NetworkConfig network;
    private final AuthorizationCodeStore codes;
    private final Decoys decoys;

    HomeLogins(
            InstantSource time,
            Secrets secrets,
            NetworkConfig network,
            AuthorizationCodeStore codes) {
        this.time = time;
        this.network = network;
        this.codes = codes;
        this.decoys = new Decoys(secrets);
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
                        decoys.next(network.isLan(visitor.client())));
        LoginFlowResult result =
                inTurn(home, visitor.home(), () -> home.loginFlows().signIn(request));
        return outcome(home, visitor, attempt.clientId(), result);
    }

    LoginOutcome answer(HomeAssistant home, Visitor visitor, MfaStep step, Secret answer) {
        LoginFlowResult result =
                inTurn(home, visitor.home(), () -> home.loginFlows().answerMfa(step, answer));
        return outcome(home, visitor, step.clientId(), result);
    }

    /// Where Home Assistant takes everybody for the gateway, failures are made one after the other:
    /// several at once could get it banned before the first is made good. Each home has its own
    /// turns, so that one whose Home Assistant answers slowly holds up no other.
    private LoginFlowResult inTurn(HomeAssistant home, HomeId id, Supplier<LoginFlowResult> step) {
        if (home.forwarded() instanceof ForwardedHeaders.Accepted) {
            return step.get();
        }
        Semaphore turn = turns.computeIfAbsent(id, _ -> new Semaphore(1));
        try {
            if (!turn.tryAcquire(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HomeAssistantUnavailable("Too many logins wait to be asked about");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HomeAssistantUnavailable(
                    "The wait for Home Assistant was ended", interrupted);
        }
        try {
            return step.get();
        } finally {
            turn.release();
        }
    }

    private LoginOutcome outcome(
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
        if (user.isEmpty() || user.get().systemGenerated()) {
            return new LoginOutcome.Refused(HomeRefusal.OTHER);
        }
        if (!user.get().isActive()) {
            return new LoginOutcome.Refused(HomeRefusal.INACTIVE);
        }
        if (user.get().localOnly() && !network.isLan(visitor.client())) {
            return new LoginOutcome.Refused(HomeRefusal.LOCAL_ONLY);
        }
        return new LoginOutcome.Proven(user.get(), new Inner.Redeemed(tokens, userId));
    }
}
