package dev.vestibule.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.ConfigReader;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.homeassistant.FirstVisit.Minting.Minted;
import dev.vestibule.http.Language;
import dev.vestibule.secret.Secret;
import dev.vestibule.setup.SetupFailed.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What is written is what `serve` reads.
final class SetupFilesTest {

    private static final Origin HOME = Origin.parse("https://home.example.org").orElseThrow();
    private static final Secret TOKEN = new Secret("the token");
    private static final Minted MINTED = new Minted(TOKEN, "Vestibule 2", "Owner", "2026.7", true);

    @TempDir Path directory;

    private SetupFiles files() {
        return files(directory, false);
    }

    private static SetupFiles files(Path directory, boolean mayReplace) {
        return new SetupFiles(
                directory.resolve("vestibule.yaml"), mayReplace, SetupFilesTest::read);
    }

    private static ConfigResult read(Path file) {
        return ConfigReader.read(InstantSource.system(), file, Map.of());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    private static SetupPlan plan(SetupPreset preset) {
        List<String> values =
                preset.questions().stream()
                        .map(question -> question.judge(question.example()))
                        .map(judged -> ((Judged.Fits<String>) judged).value())
                        .toList();
        ProviderChoice choice =
                new ProviderChoice(HOME, preset, preset.id(), preset.issuer(values));
        return new SetupPlan(
                Origin.parse("http://homeassistant:8123").orElseThrow(),
                HOME,
                choice.with(
                        "client",
                        new ClientAuthentication.SecretBasic(new Secret("a secret: \"#${x}")),
                        "Name: \"of\" it"),
                new RolesConfig(
                        Set.of("house, admins", "a: b"),
                        Set.of("#family", "${HOME}"),
                        Set.of(),
                        List.of(Role.VIEWER)));
    }

    @ParameterizedTest
    @EnumSource
    void everyPresetIsReadBackAsItWasPlanned(SetupPreset preset) {
        SetupPlan plan = plan(preset);

        files().rehearse(plan);
        files().write(plan, MINTED);

        ConfigResult result = read(files().config());
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        assertThat(((ConfigResult.Valid) result).warnings()).isEmpty();
        GatewayConfig read = ((ConfigResult.Valid) result).config();
        assertThat(read.providers()).containsExactly(plan.provider());
        assertThat(read.homes().getFirst().roles()).isEqualTo(plan.roles());
        assertThat(read.homes().getFirst().homeAssistant().token()).isEqualTo(TOKEN);
    }

    @Test
    void aDirectoryThatIsNotThereIsToldBeforeAnything() {
        SetupFiles nowhere = files(directory.resolve("not"), false);

        assertThatThrownBy(nowhere::requireRoom)
                .isInstanceOf(SetupFailed.class)
                .hasFieldOrPropertyWithValue("reason", Reason.NO_ROOM)
                .hasMessageContaining("Make it first.");
    }

    /// The terminal speaks English, and a page the reader's language.
    @Test
    void whyNothingWasWrittenIsSaidInEveryLanguage() {
        SetupFailed failed = SetupFailed.exists(directory.resolve("vestibule.yaml"));
        SetupFailed orphaned = failed.after("Vestibule 2");

        assertThat(failed.sentence("")).endsWith("vestibule.yaml exists already. Move it away.");
        assertThat(orphaned.sentence("Or say --force."))
                .endsWith(
                        "Move it away. Or say --force. Remove the token 'Vestibule 2' from your"
                                + " profile in Home Assistant.");
        assertThat(orphaned.text().in(Language.GERMAN))
                .endsWith(
                        "gibt es schon. Verschiebe die Datei. Entferne den Token „Vestibule 2“ aus"
                                + " deinem Profil in Home Assistant.");
        for (Language language : Language.values()) {
            assertThat(failed.text().in(language)).contains("vestibule.yaml").doesNotContain("{");
        }
    }

    @Test
    void theFileOfASecretIsNotReplaced() throws IOException {
        Path secret = directory.resolve("keycloak.secret");
        Files.writeString(secret, "precious");

        assertThatThrownBy(() -> files().rehearse(plan(SetupPreset.KEYCLOAK)))
                .isInstanceOf(SetupFailed.class)
                .hasFieldOrPropertyWithValue("reason", Reason.EXISTS);
        assertThatThrownBy(() -> files().write(plan(SetupPreset.KEYCLOAK), MINTED))
                .isInstanceOf(SetupFailed.class)
                .hasMessageContaining("Remove the token 'Vestibule 2'");
        assertThat(Files.readString(secret)).isEqualTo("precious");
        assertThat(names()).containsExactly("keycloak.secret");
    }

    @Test
    void whereOneFileCannotBeWrittenNoneStaysAndTheTokenToRemoveIsNamed() throws IOException {
        Path obstacle = directory.resolve("vestibule.yaml.new/full");
        Files.createDirectories(obstacle);

        assertThatThrownBy(() -> files().write(plan(SetupPreset.KEYCLOAK), MINTED))
                .isInstanceOf(SetupFailed.class)
                .hasFieldOrPropertyWithValue("reason", Reason.NOT_WRITTEN)
                .hasMessageContaining("Remove the token 'Vestibule 2'")
                .hasMessageNotContaining("the token\n");
        assertThat(names()).containsExactly("vestibule.yaml.new");

        Files.delete(obstacle);
        files().write(plan(SetupPreset.KEYCLOAK), MINTED);
        assertThat(names())
                .containsExactly("home-assistant.token", "keycloak.secret", "vestibule.yaml");
    }

    @Test
    void whatIsReplacedStaysWhereTheNewOneCannotBeWritten() throws IOException {
        files().write(plan(SetupPreset.KEYCLOAK), MINTED);
        String before = Files.readString(directory.resolve("home-assistant.token"));
        Files.createDirectories(directory.resolve("vestibule.yaml.new/full"));
        Minted another = new Minted(new Secret("another"), "Vestibule 3", "Owner", "2026.7", true);

        assertThatThrownBy(() -> files(directory, true).write(plan(SetupPreset.KEYCLOAK), another))
                .isInstanceOf(SetupFailed.class);

        assertThat(Files.readString(directory.resolve("home-assistant.token"))).isEqualTo(before);
        assertThat(read(files().config())).isInstanceOf(ConfigResult.Valid.class);
    }

    @Test
    void whatCouldNotBeReadAgainIsToldBeforeAnythingIsMade() throws IOException {
        SetupPlan plan = plan(SetupPreset.KEYCLOAK);
        SetupPlan unreadable =
                new SetupPlan(
                        plan.homeAssistant(),
                        plan.publicUrl(),
                        plan.provider(),
                        new RolesConfig(Set.of("a\tb"), Set.of(), Set.of(), List.of()));

        assertThatThrownBy(() -> files().rehearse(unreadable))
                .isInstanceOf(SetupFailed.class)
                .hasFieldOrPropertyWithValue("reason", Reason.NOT_READ_BACK)
                .hasMessageContaining("roles.admin")
                .hasMessageContaining("control character")
                .hasMessageNotContaining("Remove the token");
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.5:8124, 127.0.0.5",
        "http://localhost:8124, 127.0.0.1",
        "http://[::1]:8124,     ::1"
    })
    void itListensWherePeopleOpenIt(String publicUrl, String address) {
        SetupPlan plan = plan(SetupPreset.KEYCLOAK);
        SetupPlan here =
                new SetupPlan(
                        plan.homeAssistant(),
                        Origin.parse(publicUrl).orElseThrow(),
                        plan.provider(),
                        plan.roles());

        files().write(here, MINTED);

        ConfigResult.Valid read = (ConfigResult.Valid) read(files().config());
        assertThat(read.config().listen().address()).isEqualTo(address);
    }
}
