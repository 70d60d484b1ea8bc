package dev.vestibule.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `serve` as a process of its own, with a configuration file, between a scripted Home Assistant
/// and a scripted provider that live in this one. Each test opens and closes its own.
final class ServedHouse implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final URI origin = URI.create("http://localhost:" + LoopbackPort.free());
    private final ScriptedHomeAssistant home =
            ScriptedHomeAssistant.start(HomeOptions.defaults().withRecordBytesMax(0));
    private final ScriptedOpenIdProvider provider =
            ScriptedOpenIdProvider.start(ProviderOptions.defaults());
    private final VisitorBrowser browser = new VisitorBrowser();
    private final Path directory;
    private final Path data;
    private Program program;

    /// @param directory for the configuration, its secrets and the data
    ServedHouse(Path directory) {
        this(directory, directory.resolve("data"));
    }

    /// @param directory for the configuration and its secrets
    /// @param data for the data
    ServedHouse(Path directory, Path data) {
        this.directory = directory;
        this.data = data;
        provider.register(
                RegisteredClient.secretBasic(
                        "vestibule",
                        "client secret",
                        origin.resolve("/auth/vestibule/callback/op")));
        provider.addPerson(Person.of("ada", "Ada").withGroups("admins"));
        configure();
        this.program = Program.start(directory, "serve");
        awaitGreeting();
    }

    private void awaitGreeting() {
        String greeting = program.awaitLine(" listens on ");
        if (!greeting.contains("port " + origin.getPort())) {
            close();
            throw new IllegalStateException(greeting);
        }
    }

    /// Another process over the same data. The one before must have ended.
    void startAgain() {
        program = Program.start(directory, "serve");
        awaitGreeting();
    }

    private void configure() {
        try {
            Files.writeString(directory.resolve("home.token"), home.administratorToken());
            Files.writeString(
                    directory.resolve("vestibule.yaml"),
                    """
                    listen: {address: 127.0.0.1, port: %d}
                    data-directory: "%s"
                    home:
                      public-url: %s
                      home-assistant: {url: "%s", token-file: home.token}
                      roles: {admin: [admins], user: [family]}
                    providers:
                      - id: op
                        issuer: %s
                        client-id: vestibule
                        client-secret: client secret
                    """
                            .formatted(
                                    origin.getPort(), data, origin, home.url(), provider.issuer()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    ScriptedHomeAssistant home() {
        return home;
    }

    Program program() {
        return program;
    }

    URI at(String pathAndQuery) {
        return origin.resolve(pathAndQuery);
    }

    VisitorBrowser browser() {
        return browser;
    }

    Path configuration() {
        return directory.resolve("vestibule.yaml");
    }

    /// A member of the family, whose name is the subject with a capital.
    void addPerson(String subject) {
        String name = subject.substring(0, 1).toUpperCase(Locale.ROOT) + subject.substring(1);
        provider.addPerson(Person.of(subject, name).withGroups("family"));
    }

    /// Signs the administrator of the house in at the provider.
    ///
    /// @return the access token
    String signIn() {
        return signIn(browser, "ada").path("access_token").asText();
    }

    /// Goes to the provider as this person, and as far as they are let.
    Answer arrive(VisitorBrowser browser, String subject) {
        String redirectUri = origin + "/?auth_callback=1";
        provider.signInAutomaticallyAs(subject);
        return browser.walk(
                at(
                        "/auth/authorize?response_type=code&client_id="
                                + VisitorBrowser.encode(clientId())
                                + "&redirect_uri="
                                + VisitorBrowser.encode(redirectUri)),
                redirectUri);
    }

    String clientId() {
        return origin + "/";
    }

    /// @return the tokens as the client gets them
    JsonNode signIn(VisitorBrowser browser, String subject) {
        Answer back = arrive(browser, subject);
        Matcher code = CODE.matcher(back.location());
        if (!code.find()) {
            throw new IllegalStateException("no code: " + back + program.complained());
        }
        Answer tokens =
                browser.postMultipart(
                        at("/auth/token"),
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code.group(1),
                                "client_id",
                                clientId()));
        return json(tokens);
    }

    static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(answer.toString(), unreadable);
        }
    }

    @Override
    public void close() {
        browser.close();
        program.close();
        provider.close();
        home.close();
    }
}
