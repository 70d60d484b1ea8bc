package dev.vestibule.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// What wrk 4.1.0 prints, with our script.
final class WrkReportTest {

    private static String printed(String report) {
        return """
               Running 2s test @ http://127.0.0.1:8080/
                 1 threads and 32 connections
                 Thread Stats   Avg      Stdev     Max   +/- Stdev
                   Latency     1.05ms    2.13ms  41.68ms   93.76%%
                   Req/Sec    50.00k     4.41k   58.79k    70.00%%
                 100000 requests in 2.00s, 120.00MB read
               Requests/sec:  50000.00
               Transfer/sec:     60.00MB
               %s
               """
                .formatted(report);
    }

    @Test
    void countsWhatWasAnswered() {
        WrkReport report =
                WrkReport.read(
                        printed(
                                "report requests=100000 bytes=125829120 micros=2000000 refused=0"
                                        + " broken=0"));

        assertThat(report).isEqualTo(new WrkReport(100_000, 125_829_120, Duration.ofSeconds(2)));
        assertThat(report.perSecond()).isEqualTo(50_000);
    }

    @Test
    void oneRefusalSpoilsTheTurn() {
        assertThatExceptionOfType(BenchmarkFailed.class)
                .isThrownBy(() -> WrkReport.read(report(100, 1, 0)))
                .withMessage("of 100 requests, 1 were refused and 0 broke");
    }

    @Test
    void oneBrokenConnectionSpoilsTheTurn() {
        assertThatExceptionOfType(BenchmarkFailed.class)
                .isThrownBy(() -> WrkReport.read(report(100, 0, 1)))
                .withMessage("of 100 requests, 0 were refused and 1 broke");
    }

    @Test
    void noAnswersAreNoFigures() {
        assertThatExceptionOfType(BenchmarkFailed.class)
                .isThrownBy(() -> WrkReport.read(report(0, 0, 0)));
    }

    private static String report(int requests, int refused, int broken) {
        return printed(
                "report requests=%d bytes=1 micros=1 refused=%d broken=%d"
                        .formatted(requests, refused, broken));
    }

    @Test
    void whatWrkComplainsOfIsShown() {
        assertThatExceptionOfType(BenchmarkFailed.class)
                .isThrownBy(() -> WrkReport.read("unable to connect to 127.0.0.1:1"))
                .withMessageContaining("unable to connect to 127.0.0.1:1");
    }
}
