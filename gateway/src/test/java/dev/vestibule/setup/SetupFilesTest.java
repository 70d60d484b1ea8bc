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
import dev.vestibule.secret.Secret;
import dev.vestibule.setup.SetupFailed.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is written is what `serve` reads.
final class SetupFilesTest {

    private static final Origin HOME = Origin.parse("https://home.example.org").orElseThrow();
    private static final Secret TOKEN = new Secret("the token");

    @TempDir Path directory;

    private SetupFiles files() {
        return new SetupFiles(directory.resolve("vestibule.yaml"), false);
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

        files().write(plan, TOKEN);

        ConfigResult result = ConfigReader.read(InstantSource.system(), files().config(), Map.of());
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        assertThat(((ConfigResult.Valid) result).warnings()).isEmpty();
        GatewayConfig read = ((ConfigResult.Valid) result).config();
        assertThat(read.providers()).containsExactly(plan.provider());
        assertThat(read.homes().getFirst().roles()).isEqualTo(plan.roles());
        assertThat(read.homes().getFirst().homeAssistant().token()).isEqualTo(TOKEN);
    }

    @Test
    void aDirectoryThatIsNotThereIsToldBeforeAnything() {
        SetupFiles nowhere = new SetupFiles(directory.resolve("not/there.yaml"), false);

        assertThatThrownBy(nowhere::requireRoom)
                .isInstanceOf(SetupFailed.class)
                .hasFieldOrPropertyWithValue("reason", Reason.NO_ROOM)
                .hasMessageContaining("Make it first.");
    }

    @Test
    void theFileOfASecretIsNotReplaced() throws IOException {
        Path secret = directory.resolve("keycloak.secret");
        Files.writeString(secret, "precious");

        assertThatThrownBy(() -> files().requireRoomFor(plan(SetupPreset.KEYCLOAK).provider()))
                .isInstanceOf(SetupFailed.class)
                .hasFieldOrPropertyWithValue("reason", Reason.EXISTS);
        assertThatThrownBy(() -> files().write(plan(SetupPreset.KEYCLOAK), TOKEN))
                .isInstanceOf(SetupFailed.class);
        assertThat(Files.readString(secret)).isEqualTo("precious");
        assertThat(files().config()).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenSaysWhichTokenToRemove() throws IOException {
        Files.createDirectories(directory.resolve("home-assistant.token.new/full"));

        assertThatThrownBy(() -> files().write(plan(SetupPreset.KEYCLOAK), TOKEN))
                .isInstanceOf(SetupFailed.class)
                .hasFieldOrPropertyWithValue("reason", Reason.NOT_WRITTEN)
                .hasMessageContaining("remove the token 'Vestibule'")
                .hasMessageNotContaining("the token\n");
    }
}
