package dev.vestibule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.ListenConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A whole gateway on a loopback port, between a scripted OpenID provider and a scripted Home
/// Assistant. Each test opens and closes its own.
public final class TestHouse implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final Path data = temporaryDirectory();
    private final Origin origin = new Origin("http", "localhost", freePort());
    private final ScriptedHomeAssistant homeAssistant =
            ScriptedHomeAssistant.start(HomeOptions.defaults());
    private final ScriptedOpenIdProvider provider =
            ScriptedOpenIdProvider.start(ProviderOptions.defaults());
    private Gateway gateway;

    public TestHouse() {
        provider.register(
                RegisteredClient.secretBasic(
                        "vestibule",
                        "client secret",
                        origin.resolve("/auth/vestibule/callback/op")));
        provider.addPerson(Person.of("ada", "Ada").withGroups("admins"));
        provider.addPerson(Person.of("ben", "Ben").withGroups("family"));
        provider.addPerson(Person.of("sam", "Sam").withGroups("others"));
        gateway = Gateway.start(InstantSource.system(), config());
    }

    private GatewayConfig config() {
        return new GatewayConfig(
                new ListenConfig("127.0.0.1", origin.port()),
                data,
                List.of(),
                Defaults.NETWORK,
                List.of(
                        new HomeConfig(
                                Defaults.HOME_NAME,
                                origin,
                                List.of(),
                                false,
                                new HomeAssistantConfig(
                                        homeAssistant.url(),
                                        new Secret(homeAssistant.administratorToken()),
                                        List.of()),
                                new RolesConfig(
                                        Set.of("admins"), Set.of("family"), Set.of(), List.of()),
                                Defaults.ROUTES,
                                Defaults.EXISTING_TOKENS,
                                Defaults.WEBHOOK_MIGRATION)),
                List.of(
                        OpenIdProviderConfig.of(
                                "op",
                                provider.issuer(),
                                "vestibule",
                                new ClientAuthentication.SecretBasic(new Secret("client secret")))),
                Defaults.SESSION,
                Defaults.LIMITS);
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("vestibule-house");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public ScriptedHomeAssistant homeAssistant() {
        return homeAssistant;
    }

    public ScriptedOpenIdProvider provider() {
        return provider;
    }

    public Gateway gateway() {
        return gateway;
    }

    /// Ends the gateway and starts another over the same data.
    public void restartGateway() {
        gateway.close();
        gateway = Gateway.start(InstantSource.system(), config());
    }

    public String clientId() {
        return origin + "/";
    }

    public URI at(String pathAndQuery) {
        return origin.resolve(pathAndQuery);
    }

    /// The address that Home Assistant's front end sends a browser to.
    public URI authorizeAddress() {
        return at(
                "/auth/authorize?response_type=code&client_id="
                        + VisitorBrowser.encode(clientId())
                        + "&redirect_uri="
                        + VisitorBrowser.encode(origin + "/?auth_callback=1")
                        + "&state=my-state");
    }

    /// What a signed-in person's client holds.
    public record SignedIn(String accessToken, String refreshToken) {}

    public SignedIn signIn(VisitorBrowser browser, String subject) {
        provider.signInAutomaticallyAs(subject);
        Answer back = browser.walk(authorizeAddress(), origin + "/?auth_callback=1");
        Matcher code = CODE.matcher(back.location());
        if (!code.find()) {
            throw new IllegalStateException("no code: " + back.status() + " " + back.location());
        }
        JsonNode tokens =
                json(
                        browser.postMultipart(
                                at("/auth/token"),
                                Map.of(
                                        "grant_type", "authorization_code",
                                        "code", code.group(1),
                                        "client_id", clientId())));
        return new SignedIn(
                tokens.path("access_token").asText(), tokens.path("refresh_token").asText());
    }

    public Answer refresh(VisitorBrowser browser, String refreshToken, String clientId) {
        return browser.postForm(
                at("/auth/token"),
                Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", refreshToken,
                        "client_id", clientId));
    }

    public Answer get(VisitorBrowser browser, String path, String accessToken) {
        return browser.get(at(path), "Authorization", "Bearer " + accessToken);
    }

    public VisitorSocket openSocket(VisitorBrowser browser) {
        return VisitorSocket.open(
                browser.http(), URI.create("ws://" + origin.authority() + "/api/websocket"));
    }

    static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(answer.status() + " " + answer.body(), unreadable);
        }
    }

    @Override
    public void close() {
        gateway.close();
        provider.close();
        homeAssistant.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
