package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// The recording that README shows is what `setup` says. Only the addresses of the stand-ins, whose
/// ports are others each time, are replaced by such as a home has, and queries, which hold what is
/// random, by an ellipsis.
///
/// `mvn test -pl gateway -am -Dtest=SetupRecordingTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Dvestibule.rewrite=true` records anew.
final class SetupRecordingTest {

    private static final Path PICTURE =
            Path.of(System.getProperty("vestibule.repository", ".."), "docs/images/setup.svg");
    private static final String PUBLIC_URL = "https://home.example.org";
    private static final URI CALLBACK =
            URI.create(PUBLIC_URL + "/auth/vestibule/callback/keycloak");
    private static final String SECRET = "the client's secret";
    private static final boolean IS_REWRITE = Boolean.getBoolean("vestibule.rewrite");

    @Test
    void theRecordingIsWhatSetupSays(@TempDir Path directory) throws IOException {
        String made = record(directory);
        if (IS_REWRITE) {
            Files.writeString(PICTURE, made);
        }
        assertThat(Files.readString(PICTURE)).isEqualTo(made);
    }

    private static String record(Path directory) {
        try (ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
                ScriptedOpenIdProvider provider =
                        ScriptedOpenIdProvider.start(
                                ProviderOptions.defaults().withPath("/realms/home"));
                VisitorBrowser browser = new VisitorBrowser()) {
            provider.register(RegisteredClient.secretBasic("vestibule", SECRET, CALLBACK));
            provider.addPerson(Person.of("ada", "Ada Lovelace").withGroups("admins", "family"));
            provider.signInAutomaticallyAs("ada");
            URI issuer = URI.create("http://" + provider.issuer().getAuthority());
            ScriptedTerminal terminal =
                    ScriptedTerminal.ofAPerson(
                            home.url().toString(),
                            PUBLIC_URL,
                            "keycloak",
                            issuer.toString(),
                            "home",
                            "",
                            SECRET);
            terminal.thenAskedFor(
                    () -> browser.walk(terminal.lastAddress(), PUBLIC_URL).location());
            terminal.then("", "admins", "family", "", "owner", "owner-password");
            String file = directory.resolve("vestibule.yaml").toString();
            assertThat(CliRun.with(terminal).run("setup", "--config", file)).isZero();
            TerminalRecording recording = new TerminalRecording();
            recording.ask("$ ", "./vestibule setup --config vestibule.yaml");
            UnaryOperator<String> shown =
                    text ->
                            text.replace(home.url().toString(), "http://homeassistant.local:8123")
                                    .replace(issuer.toString(), "https://auth.example.org")
                                    .replace(directory + "/", "")
                                    .replaceAll("\\?\\S{40,}", "?…");
            for (ScriptedTerminal.Moment moment : terminal.moments()) {
                recording.ask(shown.apply(moment.text()), shown.apply(moment.typed()));
            }
            return recording.svg("vestibule setup");
        }
    }
}
