package dev.vestibule.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class ProcFilesTest {

    @Test
    void addsTheTimeInUserAndInSystemMode() {
        String stat =
                "4242 (nginx) S 1 4242 4242 0 -1 4194560 1060 2 0 0 250 131 7 9 20 0 1 0 99 1 2";

        assertThat(ProcFiles.processorTime(stat)).isEqualTo(Duration.ofMillis(3_810));
    }

    @Test
    void aNameWithBlanksAndParenthesesMovesNoField() {
        String stat =
                "4242 (a (b) 1 2) S 1 4242 4242 0 -1 4194560 1060 2 0 0 250 131 7 9 20 0 1 0 99";

        assertThat(ProcFiles.processorTime(stat)).isEqualTo(Duration.ofMillis(3_810));
    }

    @Test
    void residentMemoryIsToldInKibibytes() {
        String status = "Name:\tjava\nVmPeak:\t 4000000 kB\nVmRSS:\t  141312 kB\nThreads:\t30\n";

        assertThat(ProcFiles.residentBytes(status)).isEqualTo(138L * 1024 * 1024);
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() {
        assertThatExceptionOfType(BenchmarkFailed.class)
                .isThrownBy(() -> ProcFiles.residentBytes("Name:\tnginx\nState:\tZ (zombie)\n"));
    }

    @Test
    void thisProcessCanBeLookedAt() {
        long pid = ProcessHandle.current().pid();

        assertThat(ProcFiles.processorTime(pid)).isPositive();
        assertThat(ProcFiles.residentBytes(pid)).isGreaterThan(1024L * 1024);
    }
}
