package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class ExplainCommandTest {

    @TempDir Path directory;
    private final RecordedCommands commands = new RecordedCommands();

    private int run(ScriptedTerminal terminal, String... arguments) {
        try (ControlServer _ = ControlServer.open(directory, commands)) {
            String[] all = new String[arguments.length + 3];
            all[0] = "explain";
            all[1] = "--data-directory";
            all[2] = directory.toString();
            System.arraycopy(arguments, 0, all, 3, arguments.length);
            return CliRun.with(terminal).run(all);
        }
    }

    @Test
    void linesAreAlignedAndEndWithWhatToDo() {
        ScriptedTerminal terminal = ScriptedTerminal.ofAScript();

        assertThat(run(terminal, "/api/x", "--method", "post")).isZero();

        assertThat(commands.asked()).containsExactly("explain /api/x by POST");
        assertThat(terminal.printed().lines())
                .containsExactly("class     token", "decision  no \\u{1b}[31m", "", "Sign in.");
    }

    @Test
    void aTokenIsReadWithoutBeingShownAndNeverFromTheCommandLine() {
        ScriptedTerminal terminal = ScriptedTerminal.ofAPerson("a-secret-token");

        assertThat(run(terminal, "/api/x", "--token")).isZero();

        assertThat(commands.tokens).containsExactly("a-secret-token");
        assertThat(terminal.secretPrompts()).hasSize(1);
        assertThat(terminal.prompts()).isEmpty();
        assertThat(terminal.printed()).doesNotContain("a-secret-token");
        assertThat(run(ScriptedTerminal.ofAScript(), "/api/x", "--token=abc"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatCannotBeAnsweredEndsWithOne() {
        ScriptedTerminal terminal = ScriptedTerminal.ofAScript();

        assertThat(run(terminal, "/api/x", "--as", "nobody")).isEqualTo(ExitCode.FAILED);
        assertThat(run(terminal, "/api/x", "--token")).isEqualTo(ExitCode.FAILED);
        assertThat(run(terminal, "/api/x", "--token", "--as", "ada")).isEqualTo(ExitCode.FAILED);

        assertThat(terminal.complained())
                .contains("Nobody is called so.")
                .contains("No token was given")
                .contains("give one");
    }

    @Test
    void aTokenAloneAndANameAreQuestionsOfTheirOwn() {
        assertThat(run(ScriptedTerminal.ofAScript("a-secret-token\n"), "--token")).isZero();
        assertThat(run(ScriptedTerminal.ofAScript(), "ada")).isZero();

        assertThat(commands.asked()).containsExactly("explain a credential", "explain ada");
        assertThat(commands.tokens).containsExactly("a-secret-token");
    }

    @Test
    void whatMakesNoQuestionIsSaid() {
        ScriptedTerminal terminal = ScriptedTerminal.ofAScript("x", "x");

        assertThat(run(terminal)).isEqualTo(ExitCode.FAILED);
        assertThat(run(terminal, "ada", "--token")).isEqualTo(ExitCode.FAILED);
        assertThat(run(terminal, "ada", "--from", "192.0.2.1")).isEqualTo(ExitCode.FAILED);

        assertThat(commands.asked()).isEmpty();
        assertThat(terminal.complained())
                .contains("Give an address or its path")
                .contains("--from is of a request");
    }
}
