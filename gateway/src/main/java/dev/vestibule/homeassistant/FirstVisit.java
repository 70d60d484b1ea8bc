package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.homeassistant.CommandResult.Failure;
import dev.vestibule.homeassistant.CommandResult.Success;
import dev.vestibule.homeassistant.HomeAssistantSocket.Welcome;
import dev.vestibule.homeassistant.Transport.Answer;
import dev.vestibule.secret.Secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The talk to a Home Assistant before there is an administrator's token: a person signs in once,
/// and a token is made in their name. Used by one thread, which closes it. Every method waits, and
/// throws [HomeAssistantUnavailable] for an outage.
public final class FirstVisit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FirstVisit.class);

    /// Ten years, as Home Assistant's own page gives them.
    private static final int TOKEN_DAYS = 3650;

    private static final int NAMES_MAX = 100;

    private final TransportLimits limits = TransportLimits.DEFAULT;
    private final String clientId;
    private final Transport transport;
    private final LoginFlows loginFlows;
    private final HomeAssistantTokens tokens;

    /// @throws IllegalArgumentException where a certificate file is unreadable
    public FirstVisit(URI url, List<Path> caFiles) {
        // A client of Home Assistant's is named by its address; this one is its own front end.
        this.clientId = url.resolve("/").toString();
        this.transport =
                new Transport(new HomeAssistantConfig(url, new Secret(""), caFiles), limits);
        // We come as who we are, so no address is ever named to Home Assistant.
        ForwardingProbe nobody = ForwardingProbe.silent(transport);
        this.loginFlows = new LoginFlows(transport, nobody, () -> {});
        this.tokens = new HomeAssistantTokens(transport, nobody);
    }

    /// What was found at the address.
    public enum Found {
        HOME_ASSISTANT,
        /// Home Assistant, and nobody has set it up yet: it has no users.
        NOT_ONBOARDED,
        SOMETHING_ELSE
    }

    public Found look() {
        Answer answer = transport.get("/auth/providers", ForwardedFor.NOBODY);
        if (answer.status() == 200 && answer.isJson()) {
            return Found.HOME_ASSISTANT;
        }
        return Json.text(answer.body(), "code").equals("onboarding_required")
                ? Found.NOT_ONBOARDED
                : Found.SOMETHING_ELSE;
    }

    public LoginFlowResult signIn(String username, Secret password) {
        return loginFlows.signIn(
                new LoginRequest(
                        username, password, clientId, clientId, InetAddress.getLoopbackAddress()));
    }

    /// @param answer the code, or the id of a module where the step asks for one
    public LoginFlowResult answerMfa(MfaStep step, Secret answer) {
        return loginFlows.answerMfa(step, answer);
    }

    /// What became of making a long-lived token.
    public sealed interface Minting {

        /// @param tokenName what Home Assistant's profile page calls it
        /// @param isSignInEnded whether the sign-in that made it is ended again; where Home
        ///   Assistant failed just then it stays, and the person can end it on that page
        record Minted(
                Secret token,
                String tokenName,
                String userName,
                String version,
                boolean isSignInEnded)
                implements Minting {}

        /// The gateway could do nothing in this person's name.
        record NotAdministrator(String userName) implements Minting {}

        /// Older than [HomeAssistantVersion#OLDEST], or of a version that cannot be read.
        record TooOld(String version) implements Minting {}

        /// Home Assistant took the sign-in back.
        record Refused() implements Minting {}
    }

    /// Makes a long-lived token in the name of whoever signed in, and ends that sign-in again.
    ///
    /// @param name what to call it; a number is added where the person has one of this name
    public Minting mint(AuthorizationCode code, String name) {
        return switch (tokens.redeem(code, clientId, InetAddress.getLoopbackAddress())) {
            case RedeemResult.Refused _ -> new Minting.Refused();
            case RedeemResult.Tokens signedIn -> mint(signedIn, name);
        };
    }

    private Minting mint(RedeemResult.Tokens signedIn, String name) {
        Minting minting;
        boolean isEnded = false;
        try (var socket = HomeAssistantSocket.open(transport, limits, ForwardedFor.NOBODY)) {
            minting = mint(socket, signedIn.accessToken(), name);
        } finally {
            isEnded = isRevoked(signedIn.refreshToken());
        }
        return minting instanceof Minting.Minted made ? told(made, isEnded) : minting;
    }

    /// An outage at this moment must not cost the token, which Home Assistant shows once.
    private boolean isRevoked(Secret refreshToken) {
        try {
            tokens.revoke(refreshToken);
            return true;
        } catch (HomeAssistantUnavailable away) {
            LOG.warn("event=setup-sign-in-stays reason={}", away.reason());
            return false;
        }
    }

    private static Minting told(Minting.Minted made, boolean isEnded) {
        return new Minting.Minted(
                made.token(), made.tokenName(), made.userName(), made.version(), isEnded);
    }

    private static Minting mint(HomeAssistantSocket socket, Secret accessToken, String name) {
        return switch (socket.authenticate(accessToken)) {
            case Welcome.TokenInvalid _ -> new Minting.Refused();
            case Welcome.Accepted(var version) ->
                    isNewEnough(version)
                            ? mint(socket, name, version)
                            : new Minting.TooOld(version);
        };
    }

    private static boolean isNewEnough(String version) {
        return HomeAssistantVersion.parse(version)
                .filter(known -> known.isAtLeast(HomeAssistantVersion.OLDEST))
                .isPresent();
    }

    private static Minting mint(HomeAssistantSocket socket, String name, String version) {
        JsonNode user = ask(socket, "auth/current_user", Map.of());
        if (!Json.flag(user, "is_admin")) {
            return new Minting.NotAdministrator(Json.text(user, "name"));
        }
        String tokenName = unused(ask(socket, "auth/refresh_tokens", Map.of()), name);
        JsonNode token =
                ask(
                        socket,
                        "auth/long_lived_access_token",
                        Map.of("lifespan", TOKEN_DAYS, "client_name", tokenName));
        if (!token.isTextual()) {
            throw new HomeAssistantUnavailable("Home Assistant made no token");
        }
        return new Minting.Minted(
                new Secret(token.textValue()), tokenName, Json.text(user, "name"), version, false);
    }

    /// Home Assistant stumbles over a name that is used already, without saying so.
    private static String unused(JsonNode existing, String name) {
        Set<String> used = new HashSet<>();
        existing.valueStream().forEach(token -> used.add(Json.text(token, "client_name")));
        if (!used.contains(name)) {
            return name;
        }
        for (int number = 2; number <= NAMES_MAX; number++) {
            if (!used.contains(name + " " + number)) {
                return name + " " + number;
            }
        }
        throw new HomeAssistantUnavailable(
                "There are more than " + NAMES_MAX + " tokens called " + name);
    }

    private static JsonNode ask(HomeAssistantSocket socket, String type, Map<String, ?> params) {
        return switch (socket.call(type, params)) {
            case Success(var result) -> result;
            case Failure failure ->
                    throw new HomeAssistantUnavailable(
                            "Home Assistant refused " + type + ": " + failure.code());
        };
    }

    @Override
    public void close() {
        transport.close();
    }
}
