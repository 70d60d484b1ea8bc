package dev.vestibule.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

@Timeout(60)
final class ProgramTest {

    @TempDir Path directory;

    private Program start(String script) {
        return Program.start("script", directory, List.of("sh", "-c", script));
    }

    @Test
    void aProgramThatEndedTellsWhatItPrinted() {
        try (Program program = start("echo why")) {
            assertThat(complaint(program))
                    .isEqualTo("script has ended by itself. It printed:\nwhy\n");
        }
    }

    private static String complaint(Program program) {
        while (true) {
            try {
                program.mustRun();
                Thread.onSpinWait();
            } catch (BenchmarkFailed ended) {
                return String.valueOf(ended.getMessage());
            }
        }
    }

    @Test
    void whatItStartedItselfCountsAndEndsWithIt() {
        ProcessHandle child;
        try (Program program = start("tail -f /dev/null & wait")) {
            child = awaitTail();

            assertThat(program.residentBytes()).isGreaterThan(ProcFiles.residentBytes(child.pid()));
        }

        assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(30));
    }

    private static ProcessHandle awaitTail() {
        Optional<ProcessHandle> found = Optional.empty();
        while (found.isEmpty()) {
            found =
                    ProcessHandle.current()
                            .descendants()
                            .filter(child -> child.info().command().orElse("").endsWith("/tail"))
                            .findFirst();
        }
        return found.get();
    }

    @Test
    void aProgramThatIsNotThereIsTold() {
        assertThatExceptionOfType(BenchmarkFailed.class)
                .isThrownBy(() -> Program.start("none", directory, List.of("/none/such")))
                .withMessageStartingWith("none cannot be started: ");
    }
}
