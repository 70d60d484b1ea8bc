package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/// When the first-run page opens; what keeps it from opening is said in one block.
@Timeout(60)
final class FirstRunPageTest {

    @TempDir Path directory;
    private final ScriptedTerminal terminal = ScriptedTerminal.ofAScript();

    private int run(String... arguments) {
        return CliRun.with(terminal).run(arguments);
    }

    private String file() {
        return directory.resolve("vestibule.yaml").toString();
    }

    @Test
    void servingAFileThatIsMissingOpensNothingAndSaysHowToMakeOne() {
        assertThat(run("serve", "-c", file())).isEqualTo(1);

        assertThat(terminal.complained())
                .contains(file() + " does not exist. Check the path")
                .contains("vestibule setup --config " + file())
                .contains("vestibule setup --page --config " + file())
                .contains("vestibule serve --first-run --config " + file())
                .doesNotContain("\tat ");
        assertThat(terminal.printed()).doesNotContain("code");
    }

    @Test
    void anAddressForAPageThatNobodyAskedForIsRefused() {
        assertThat(run("serve", "-c", file(), "--listen", "127.0.0.1:0")).isEqualTo(1);
        assertThat(terminal.complained()).contains("Say --first-run too.");

        assertThat(run("setup", "-c", file(), "--listen", "127.0.0.1:0")).isEqualTo(1);
        assertThat(terminal.complained()).contains("Say --page too.");
    }

    @Test
    void aConfigurationThatIsThereIsServedAndNoPageOpens() throws IOException {
        Files.writeString(Path.of(file()), "mine: 1");

        assertThat(run("serve", "--first-run", "-c", file())).isEqualTo(1);

        assertThat(terminal.complained()).contains("The key 'mine' is unknown here.");
        assertThat(terminal.printed()).doesNotContain("code");
    }

    @Test
    void whereItListensIsAnAddress() {
        assertThat(run("serve", "--first-run", "-c", file(), "--listen", "nas.local:8124"))
                .isEqualTo(1);

        assertThat(terminal.complained())
                .contains("--listen as an IP address and a port")
                .doesNotContain("\tat ");
    }

    @Test
    void aTakenPortIsToldWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String listen = "127.0.0.1:" + taken.getLocalPort();

            assertThat(run("setup", "--page", "-c", file(), "--listen", listen)).isEqualTo(1);

            assertThat(terminal.complained())
                    .contains("cannot listen on " + listen)
                    .contains("by --listen")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsToldBeforeAnybodyTypesAnything() {
        String nowhere = directory.resolve("nowhere/vestibule.yaml").toString();

        assertThat(run("serve", "--first-run", "-c", nowhere)).isEqualTo(1);

        assertThat(terminal.complained()).contains("does not exist or cannot be written");
        assertThat(terminal.printed()).doesNotContain("code");
    }

    @Test
    void aConfigurationThatIsThereIsNotAskedForAgain() throws IOException {
        Files.writeString(Path.of(file()), "mine");

        assertThat(run("setup", "--page", "-c", file())).isEqualTo(1);

        assertThat(terminal.complained()).contains("exists already");
        assertThat(Files.readString(Path.of(file()))).isEqualTo("mine");
    }
}
