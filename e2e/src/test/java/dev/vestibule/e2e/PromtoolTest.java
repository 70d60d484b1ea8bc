package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What Debian's Prometheus says of our metrics and alerts.
final class PromtoolTest {

    private static final Path ALERTS = Deployment.directory("prometheus/alerts.yml");
    private static final String CASES = "/prometheus/alerts-test.yml";

    /// What `promtool check metrics` ends with where it can read everything and would name some of
    /// it otherwise: the virtual machine's metrics are named by Micrometer.
    private static final int WOULD_NAME_OTHERWISE = 3;

    @TempDir Path directory;

    private record Said(int exit, String text) {}

    /// @param input what it reads
    private static Said promtool(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(DebianPackages.unpacked("prometheus").resolve("usr/bin/promtool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (Writer to = process.outputWriter(StandardCharsets.UTF_8)) {
            to.write(input);
        }
        String text = process.inputReader().readAllAsString();
        return new Said(process.onExit().join().exitValue(), text);
    }

    @Test
    void canReadWhatTheGatewayMeasuresAndWouldNameNothingOfOursOtherwise() throws IOException {
        String metrics;
        try (TestHouse house = TestHouse.watched();
                VisitorBrowser browser = new VisitorBrowser()) {
            house.signIn(browser, "ben");
            house.get(browser, "/api/config", "nonsense");
            metrics = browser.get(house.managementAddress("/metrics")).body();
        }
        assertThat(metrics).contains("vestibule_sign_ins_total");

        Said said = promtool(metrics, "check", "metrics");

        assertThat(said.exit()).as(said.text()).isIn(0, WOULD_NAME_OTHERWISE);
        assertThat(said.text().lines()).noneMatch(line -> line.startsWith("vestibule_"));
        assertThat(promtool("vestibule_broken{ 1\n", "check", "metrics").exit()).isEqualTo(1);
    }

    @Test
    void canReadTheAlerts() throws IOException {
        Said said = promtool("", "check", "rules", ALERTS.toString());

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("SUCCESS").contains("rules found");
    }

    @Test
    void theAlertsRingInAHouseInTroubleAndNotInAQuietOne() throws IOException {
        Path cases = directory.resolve("alerts-test.yml");
        Files.writeString(cases, resource(CASES).replace("RULES", ALERTS.toString()));

        Said said = promtool("", "test", "rules", cases.toString());

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("SUCCESS");
    }

    private static String resource(String name) throws IOException {
        try (InputStream found = PromtoolTest.class.getResourceAsStream(name)) {
            if (found == null) {
                throw new IllegalStateException("no " + name);
            }
            return new String(found.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
