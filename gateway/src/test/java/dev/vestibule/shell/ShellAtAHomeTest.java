package dev.vestibule.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.RecordedRequest;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The shell cache in front of a whole simulated Home Assistant.
final class ShellAtAHomeTest {

    private static final Pattern NAMED = Pattern.compile("/(?:frontend_latest|static)/[\\w./-]+");

    private final ScriptedHomeAssistant home = ScriptedHomeAssistant.start();
    @TempDir Path directory;
    private ShellCache cache;

    @BeforeEach
    void open() {
        HomeAssistantConfig config =
                new HomeAssistantConfig(home.url(), new Secret("never sent"), List.of());
        cache =
                new ShellCache(
                        new TestClock(Instant.parse("2026-01-01T12:00:00Z")),
                        directory,
                        new HttpShellSource(config, ShellLimits.DEFAULT),
                        ShellLimits.DEFAULT);
        cache.panels(Set.of("lovelace", "config"));
    }

    @AfterEach
    void close() {
        cache.close();
        home.close();
    }

    @Test
    void everythingThatThePageNamesIsServedToAStranger() {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> next =
                new ArrayDeque<>(
                        List.of("/lovelace/0", "/manifest.json", "/service_worker.js", "/"));
        while (!next.isEmpty()) {
            String path = next.removeFirst();
            if (seen.add(path)) {
                Response answer = get(path);
                assertThat(answer.status()).as(path).isEqualTo(200);
                Matcher named = NAMED.matcher(ShellHouse.text(answer));
                while (named.find()) {
                    next.add(named.group());
                }
            }
        }

        assertThat(home.record().requests()).hasSizeLessThan(seen.size());
    }

    @Test
    void homeAssistantHearsOurOwnQuestionsOnly() {
        for (String path :
                List.of("/", "/lovelace", "/manifest.json", "/static/evil.js", "/evil")) {
            for (String method : List.of("GET", "HEAD", "POST")) {
                cache.handle(
                        ShellHouse.request(
                                method,
                                path + "?evil=1",
                                "Cookie: evil",
                                "Authorization: Bearer evil",
                                "X-Forwarded-For: 203.0.113.66",
                                "Accept-Encoding: evil, gzip",
                                "If-None-Match: \"evil\"",
                                "Host: evil",
                                "User-Agent: evil"));
            }
        }

        assertThat(home.record().contains("evil")).isFalse();
        assertThat(home.record().contains("203.0.113.66")).isFalse();
        assertThat(home.record().requests().stream().map(RecordedRequest::target))
                .containsExactly("/", "/manifest.json");
        for (RecordedRequest request : home.record().requests()) {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.headers().stream().map(Map.Entry::getKey))
                    .containsExactlyInAnyOrder("Host", "Accept", "Accept-Encoding", "User-Agent");
        }
    }

    private Response get(String target) {
        return cache.handle(ShellHouse.request("GET", target, "Accept-Encoding: identity"));
    }
}
