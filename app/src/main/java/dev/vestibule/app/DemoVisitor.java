package dev.vestibule.app;

import static dev.vestibule.testhouse.visitor.VisitorFailed.unless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorFailed;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody who walks through the demo over real HTTP, as Home Assistant's front end would. One
/// thread.
final class DemoVisitor implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HEADING = Pattern.compile("<h1>([^<]*)</h1>");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final DemoHouse house;
    private final VisitorBrowser browser;
    private final String clientId;
    private final String redirectUri;

    DemoVisitor(DemoHouse house) {
        this(house, new VisitorBrowser());
    }

    /// From one of this machine's addresses.
    DemoVisitor(DemoHouse house, InetAddress from) {
        this(house, new VisitorBrowser(from));
    }

    private DemoVisitor(DemoHouse house, VisitorBrowser browser) {
        this.house = house;
        this.browser = browser;
        this.clientId = house.origin() + "/";
        this.redirectUri = house.origin() + "/?auth_callback=1";
    }

    /// What a client holds after a sign-in.
    record Held(String accessToken, String refreshToken) {}

    VisitorBrowser browser() {
        return browser;
    }

    URI at(String pathAndQuery) {
        return house.origin().resolve(pathAndQuery);
    }

    /// From the front end to the provider and back, wherever that ends.
    Answer walk(String subject) {
        house.provider().signInAutomaticallyAs(subject);
        return walk();
    }

    /// As [#walk(String)], as whoever the way to the house lets in.
    Answer walk() {
        return browser.walk(authorizeAddress(), redirectUri);
    }

    /// The first answer to the front end's question, not followed anywhere.
    Answer knock() {
        return browser.get(authorizeAddress());
    }

    private URI authorizeAddress() {
        return at(
                "/auth/authorize?response_type=code&client_id="
                        + VisitorBrowser.encode(clientId)
                        + "&redirect_uri="
                        + VisitorBrowser.encode(redirectUri)
                        + "&state=my-state");
    }

    /// The code that a sign-in ends with.
    String authorize(String subject) {
        return code(walk(subject));
    }

    /// The code in the answer that a sign-in ended with.
    String code(Answer back) {
        unless(back.location().startsWith(redirectUri), "the sign-in ended with " + said(back));
        unless(back.location().contains("state=my-state"), "state did not come back");
        Matcher matcher = CODE.matcher(back.location());
        unless(matcher.find(), "there is no code in the redirect");
        return matcher.group(1);
    }

    Answer exchange(String code) {
        return browser.postMultipart(
                at("/auth/token"),
                Map.of("grant_type", "authorization_code", "code", code, "client_id", clientId));
    }

    Held redeem(String code) {
        JsonNode answer = json("the exchange of the code", exchange(code));
        return new Held(
                answer.path("access_token").asText(), answer.path("refresh_token").asText());
    }

    Held signIn(String subject) {
        return redeem(authorize(subject));
    }

    Answer refresh(String refreshToken) {
        return browser.postForm(
                at("/auth/token"),
                Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", refreshToken,
                        "client_id", clientId));
    }

    /// The status of a request to the API with this token.
    int statusWith(String accessToken) {
        return browser.get(at("/api/"), "Authorization", "Bearer " + accessToken).status();
    }

    /// The same around the gateway.
    int directStatusWith(String accessToken) {
        return browser.get(
                        URI.create(house.home().url() + "/api/"),
                        "Authorization",
                        "Bearer " + accessToken)
                .status();
    }

    VisitorSocket openSocket() {
        return VisitorSocket.open(
                browser.http(),
                URI.create("ws://" + house.origin().authority() + "/api/websocket"));
    }

    VisitorSocket openSocket(String accessToken) {
        VisitorSocket socket = openSocket();
        String answer = socket.authenticate(accessToken);
        unless(answer.equals("auth_ok"), "the websocket answered " + answer);
        return socket;
    }

    /// Waits for what comes by itself.
    static void await(String otherwise, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            unless(System.nanoTime() - begun < PATIENCE.toNanos(), otherwise);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /// The status and the page's heading, where there is one.
    static String said(Answer answer) {
        Matcher heading = HEADING.matcher(answer.body());
        return answer.status() + (heading.find() ? ", " + heading.group(1) : "");
    }

    static JsonNode json(String what, Answer answer) {
        unless(
                answer.status() == 200 || answer.status() == 201,
                what + " was answered with " + answer.status() + " " + answer.body());
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException unreadable) {
            throw new VisitorFailed("the answer is not JSON");
        }
    }

    @Override
    public void close() {
        browser.close();
    }
}
