package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.vestibule.metric.Meters;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class RequestRefusalsTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final RequestRefusals log =
            new RequestRefusals(clock, new AuthenticationFailures(clock), new Meters());
    private final Logger logger = (Logger) LoggerFactory.getLogger(RequestRefusals.class);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    @BeforeEach
    void listen() {
        written.start();
        logger.addAppender(written);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(written);
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static ClientAddress known(String address) {
        return new ClientAddress.Known(InetAddress.ofLiteral(address));
    }

    @Test
    void saysWhoAndWhyInFixedPlaces() {
        log.refused("dead-credential", "token", "abc-1", known("203.0.113.9"));

        assertThat(lines())
                .containsExactly(
                        "event=refused reason=dead-credential client=203.0.113.9 place=token"
                                + " request=abc-1");
    }

    @Test
    void aWrongProofIsToldToProgramsThatBanAsWell() {
        try (LogLines failures = new LogLines(AuthenticationFailures.class)) {
            log.failed(WayIn.SCIM, "scim-token", "scim", "abc-1", known("203.0.113.9"));

            assertThat(failures.all())
                    .containsExactly(
                            "event=authentication-failure client=203.0.113.9 way=scim"
                                    + " reason=scim-token request=abc-1");
        }
        assertThat(lines()).singleElement().asString().contains("event=refused reason=scim-token");
    }

    @Test
    void namesNobodyWhereAProxyHidesTheClient() {
        log.refused(
                "dead-credential",
                "token",
                "abc-1",
                new ClientAddress.Unknown(InetAddress.ofLiteral("10.0.0.1")));

        assertThat(lines().getFirst()).contains(" client=unknown ").doesNotContain("10.0.0.1");
    }

    @Test
    void aFloodFromOneAddressIsAFewLinesAndACount() {
        for (int i = 0; i < 1_000; i++) {
            log.refused("dead-credential", "token", "x", known("203.0.113.9"));
        }
        assertThat(lines()).hasSize(RequestRefusals.LINES_OF_ADDRESS_MAX);

        clock.advance(Duration.ofMinutes(2));
        log.refused("dead-credential", "token", "x", known("203.0.113.9"));

        assertThat(lines()).hasSize(RequestRefusals.LINES_OF_ADDRESS_MAX + 2);
        assertThat(lines()).contains("event=refused-more count=980");
    }

    @Test
    void aFloodFromManyAddressesIsBoundedToo() {
        for (int i = 0; i < 5_000; i++) {
            log.refused("dead-credential", "token", "x", known("10.1." + i / 250 + "." + i % 250));
        }

        assertThat(lines()).hasSize(RequestRefusals.LINES_MAX);
    }
}
