package dev.vestibule.homeassistant;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The room between a test and a scripted Home Assistant, under a clock that the test moves.
final class ScriptedTie implements AutoCloseable {

    static final String CLIENT_ID = "https://home.example/";
    static final String REDIRECT = "https://home.example/?auth_callback=1";
    static final InetAddress CLIENT = InetAddress.ofLiteral("203.0.113.9");

    final TestClock clock = new TestClock(Instant.parse("2026-01-01T12:00:00Z"));
    final ScriptedHomeAssistant home;
    final HomeAssistant tie;

    ScriptedTie() {
        this(HomeOptions.defaults());
    }

    ScriptedTie(HomeOptions options) {
        this(options, TestLimits.QUICK);
    }

    ScriptedTie(HomeOptions options, TransportLimits limits) {
        home = ScriptedHomeAssistant.start(options.withTime(clock));
        tie = new HomeAssistant(clock, config(home.administratorToken()), limits);
    }

    HomeAssistantConfig config(String token) {
        return new HomeAssistantConfig(home.url(), new Secret(token), List.of());
    }

    /// Connects and waits for it.
    ScriptedTie connected() {
        tie.start();
        HomeAssistantStatus status = tie.awaitFirstAttempt(Duration.ofSeconds(30));
        if (!(status instanceof HomeAssistantStatus.Connected)) {
            throw new AssertionError("not connected: " + status);
        }
        return this;
    }

    LoginRequest login(String username, String password) {
        return new LoginRequest(username, new Secret(password), CLIENT_ID, REDIRECT, CLIENT);
    }

    /// A code for the user, who needs no second factor.
    AuthorizationCode code(String username, String password) {
        LoginFlowResult result = tie.loginFlows().signIn(login(username, password));
        if (result instanceof LoginFlowResult.Code(var code)) {
            return code;
        }
        throw new AssertionError("no code: " + result);
    }

    @Override
    public void close() {
        tie.close();
        home.close();
    }
}
