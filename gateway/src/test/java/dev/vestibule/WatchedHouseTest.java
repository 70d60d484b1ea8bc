package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.openid.TokenLie;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A whole house that says how it is.
final class WatchedHouseTest {

    private static final Path DEPLOY =
            Path.of(System.getProperty("vestibule.repository", "..")).resolve("deploy");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:vestibule|jvm|process|system)_\\w+");

    private final TestHouse house = new TestHouse(Plan.USUAL.changed(ManagementChange.on()));
    private final VisitorBrowser browser = new VisitorBrowser();
    private final VisitorBrowser watcher = new VisitorBrowser();

    @AfterEach
    void close() {
        watcher.close();
        browser.close();
        house.close();
    }

    private Answer ask(String path) {
        int port = house.gateway().managementPort().orElseThrow();
        return watcher.get(URI.create("http://127.0.0.1:" + port + path));
    }

    private List<String> metrics() {
        return ask("/metrics").body().lines().filter(line -> !line.startsWith("#")).toList();
    }

    /// The sum of all series whose name and labels begin so.
    private double sum(String beginning) {
        return metrics().stream()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private Set<String> series() {
        return metrics().stream()
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toSet());
    }

    @Test
    void isReadyWhileItsHomeIsConnectedAndSaysWhatIsWrongOtherwise() {
        assertThat(ask("/health")).isEqualTo(new Answer(200, "", "ok\n"));
        assertThat(ask("/ready").status()).isEqualTo(200);
        assertThat(sum("vestibule_home_connected{home=\"home\"}")).isOne();

        house.homeAssistant().stop();
        Eventually.holds(() -> ask("/ready").status() == 503, () -> ask("/ready").body());

        assertThat(ask("/ready").body())
                .contains("{\"check\": \"database\", \"ok\": true}")
                .contains("{\"check\": \"home home\", \"ok\": false, \"trouble\": \"away\"}");
        assertThat(ask("/health").status()).isEqualTo(200);
        assertThat(sum("vestibule_home_connected{home=\"home\"}")).isZero();

        house.homeAssistant().startAgain();
        Eventually.holds(() -> ask("/ready").status() == 200, () -> ask("/ready").body());
    }

    @Test
    void countsRequestsByWhatTheyAskForAndWhatBecameOfThem() {
        SignedIn ben = house.signIn(browser, "ben");
        double before = sum("vestibule_requests_total{outcome=\"ok\",route=\"token\"}");

        house.get(browser, "/api/config", ben.accessToken());
        house.get(browser, "/api/config", ben.accessToken());
        house.get(watcher, "/api/config", "nonsense");

        assertThat(sum("vestibule_requests_total{outcome=\"ok\",route=\"token\"}") - before)
                .isEqualTo(2);
        assertThat(sum("vestibule_requests_total{outcome=\"client-error\",route=\"token\"}"))
                .isEqualTo(1);
        assertThat(sum("vestibule_answer_seconds_count{route=\"token\"}") - before).isEqualTo(3);
        assertThat(sum("vestibule_refusals_total{reason=\"dead-credential\"}")).isEqualTo(1);
    }

    @Test
    void countsAWebsocketOnce() {
        SignedIn ben = house.signIn(browser, "ben");

        try (var socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");
        }

        assertThat(sum("vestibule_requests_total{outcome=\"socket\",route=\"socket\"}"))
                .isEqualTo(1);
    }

    @Test
    void tellsHowTheProcessIs() {
        assertThat(series())
                .anyMatch(name -> name.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .anyMatch(name -> name.startsWith("jvm_gc_"))
                .contains("jvm_threads_live_threads", "process_uptime_seconds")
                .contains("vestibule_database_up");
        assertThat(sum("vestibule_database_up")).isOne();
    }

    /// Attack: whoever can ask for a path, or say a name, makes a time series.
    @Test
    void aFloodOfStrangePathsAndNamesAddsNoSeries() {
        house.get(browser, "/api/config", "nonsense");
        Set<String> before = series();

        for (int i = 0; i < 200; i++) {
            house.get(browser, "/api/" + i + "/states", "nonsense-" + i);
            browser.get(house.at("/strange-" + i), "User-Agent", "name-" + i);
            browser.get(house.at("/auth/vestibule/sign-in/" + i + "?user=name-" + i));
            browser.get(house.at("/auth/vestibule/callback/" + i + "?code=" + i + "&state=" + i));
            browser.postJson(house.at("/api/webhook/" + i), "{}");
        }

        assertThat(series().stream().filter(name -> !before.contains(name)))
                .filteredOn(name -> !name.startsWith("jvm_gc_"))
                .allMatch(name -> name.startsWith("vestibule_refusals_total{reason=\""))
                .hasSizeLessThan(5);
        assertThat(ask("/metrics").body()).doesNotContain("strange").doesNotContain("name-1");
    }

    @Test
    void whatTheDashboardAndTheAlertsAskForIsThere() throws IOException {
        Set<String> there =
                series().stream()
                        .map(name -> name.replaceFirst("\\{.*", ""))
                        .collect(Collectors.toSet());
        for (String file : List.of("grafana/vestibule.json", "prometheus/alerts.yml")) {
            JsonNode tree = new YAMLMapper().readTree(Files.readString(DEPLOY.resolve(file)));
            List<String> asked =
                    tree.findValuesAsText("expr").stream()
                            .flatMap(expr -> METRIC.matcher(expr).results())
                            .map(MatchResult::group)
                            .toList();
            assertThat(asked).as(file).hasSizeGreaterThan(8);
            assertThat(there).as(file).containsAll(asked);
        }
        assertThat(series()).contains("vestibule_audit_events_total{kind=\"BreakGlassUsed\"}");
    }

    @Test
    void tellsWhetherAProviderAnswers() {
        assertThat(sum("vestibule_provider_answer_age_seconds{provider=\"op\"}")).isNaN();

        house.signIn(browser, "ben");

        assertThat(sum("vestibule_provider_up{provider=\"op\"}")).isOne();
        assertThat(sum("vestibule_provider_answer_age_seconds{provider=\"op\"}"))
                .isBetween(0.0, 60.0);
        double before = sum("vestibule_provider_errors_total{provider=\"op\"}");
        house.provider().lie(TokenLie.SERVER_ERROR);
        try (VisitorBrowser other = new VisitorBrowser()) {
            var _ = other.walk(house.authorizeAddress(), house.landing());
        }
        assertThat(sum("vestibule_provider_errors_total{provider=\"op\"}")).isGreaterThan(before);
    }

    @Test
    void countsSignInsAndHowSoonHomeAssistantAgreesThatSomebodyIsOut() {
        house.signIn(browser, "ben");
        assertThat(sum("vestibule_sign_ins_total{outcome=\"done\",way=\"provider\"}")).isOne();
        try (VisitorBrowser stranger = new VisitorBrowser()) {
            house.provider().signInAutomaticallyAs("sam");
            var _ = stranger.walk(house.authorizeAddress(), house.landing());
        }
        assertThat(sum("vestibule_sign_ins_total{outcome=\"refused\",way=\"provider\"}")).isOne();
        browser.get(house.at("/auth/authorize?client_id=https://evil.example&redirect_uri=x"));
        assertThat(sum("vestibule_sign_ins_total{outcome=\"refused\",way=\"other\"}")).isOne();
        assertThat(sum("vestibule_convergence_seconds_count")).isZero();

        house.suspend("ben");

        Eventually.holds(
                () -> sum("vestibule_convergence_seconds_count") == 1,
                () -> ask("/metrics").body());
        assertThat(sum("vestibule_convergence_seconds_sum")).isPositive();
        assertThat(sum("vestibule_database_wait_seconds_count{work=\"read\"}")).isPositive();
        assertThat(sum("vestibule_database_wait_seconds_count{work=\"write\"}")).isPositive();
    }

    @Test
    void tellsWhatConnectionsAreBusyWith() {
        SignedIn ben = house.signIn(browser, "ben");
        awaitNothingLive();

        try (var socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");
            assertThat(sum("vestibule_live_connections{kind=\"socket\"}")).isOne();
        }
        awaitNothingLive();
    }

    /// What an answer was the end of is over a moment after the answer is there.
    private void awaitNothingLive() {
        Eventually.holds(
                () -> sum("vestibule_live_connections") == 0, () -> ask("/metrics").body());
    }

    @Test
    void everyMetricIsInTheListOfTheDocumentation() throws IOException {
        Path page = DEPLOY.resolve("../docs/operations.md");
        Set<String> documented =
                Pattern.compile("^\\| `(vestibule_\\w+)` \\|", Pattern.MULTILINE)
                        .matcher(Files.readString(page))
                        .results()
                        .map(row -> row.group(1))
                        .collect(Collectors.toSet());
        Set<String> there =
                ask("/metrics")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("# TYPE vestibule_"))
                        .map(line -> line.split(" ", -1)[2])
                        .filter(name -> !name.endsWith("_max"))
                        .collect(Collectors.toSet());

        assertThat(documented).containsExactlyInAnyOrderElementsOf(there);
    }

    /// Attack: the port to which the whole world comes tells how the gateway is.
    @Test
    void wherePeopleComeInNothingIsSaid() {
        for (String path : List.of("/health", "/ready", "/metrics")) {
            assertThat(watcher.get(house.at(path)))
                    .satisfies(
                            answer -> {
                                assertThat(answer.status()).isNotEqualTo(200);
                                assertThat(answer.body()).doesNotContain("vestibule_");
                            });
        }
    }

    @Test
    void theSecondPortLeadsNowhere() {
        for (String path : List.of("/", "/api/", "/auth/authorize", "/auth/vestibule/sign-in")) {
            assertThat(ask(path).status()).isEqualTo(404);
        }
    }
}
