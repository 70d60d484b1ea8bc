package dev.vestibule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.audit.AuditEvent.AuthenticationFailed;
import dev.vestibule.log.RequestScope;
import dev.vestibule.network.ClientAddress;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

class AuthenticationFailuresTest {

    private final LogLines lines = new LogLines(AuthenticationFailures.class);
    private final TestFacts facts = new TestFacts();

    @AfterEach
    void close() {
        facts.close();
        lines.close();
    }

    static List<AuditEvent> oneOfEach() {
        return SampleEvents.oneOfEach();
    }

    private static AuthenticationFailed failed(String who) {
        return new AuthenticationFailed("home", "local", who, "wrong-password", "a1b2c3-7");
    }

    @Test
    void theLineHasTheAddressFirstAndNothingThatWasTyped() {
        facts.audit.append(failed("ada"), "203.0.113.9");

        assertThat(lines.all())
                .containsExactly(
                        "event=authentication-failure client=203.0.113.9 way=local"
                                + " reason=wrong-password request=a1b2c3-7");
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void exactlyTheEventsThatAreFailuresLeaveTheLine(AuditEvent event) {
        facts.audit.append(event, "203.0.113.9");

        assertThat(lines.all()).hasSize(AuditOutcome.of(event) == AuditOutcome.FAILED ? 1 : 0);
    }

    @Test
    void howManyWereLeftOutBelongsToNoRequest() {
        for (int i = 0; i <= AuthenticationFailures.LINES_OF_ADDRESS_MAX; i++) {
            facts.audit.append(failed("ada"), "203.0.113.9");
        }
        facts.clock.advance(Duration.ofMinutes(1));

        RequestScope.run("b1-1", () -> facts.audit.append(failed("ben"), "198.51.100.1"));

        assertThat(lines.all().get(lines.all().size() - 2))
                .isEqualTo("event=authentication-failures-left-out count=1");
        assertThat(lines.requests()).endsWith("", "b1-1");
    }

    @Test
    void aNameWithAnotherAddressOrAWholeLineChangesNothing() {
        facts.audit.append(
                failed(
                        "198.51.100.1\n2026-01-01T12:00:00.000Z INFO  AuthenticationFailures"
                                + " event=authentication-failure client=198.51.100.1 way=local"
                                + " reason=wrong-password request=x"),
                "203.0.113.9");

        assertThat(lines.all()).singleElement().asString().doesNotContain("198.51.100.1");
    }

    @Test
    void whatIsNoCodeOfOursIsNotRepeated() {
        facts.audit.append(
                new AuthenticationFailed("home", "local", "ada", "x client=198.51.100.1", "a\nb"),
                "203.0.113.9");

        assertThat(lines.all())
                .containsExactly(
                        "event=authentication-failure client=203.0.113.9 way=local reason=other"
                                + " request=other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unknown (via 10.0.0.1)", "console", "", "127.0.0.1", "0:0:0:0:0:0:0:1"})
    void whereNoClientIsKnownThereIsNoLine(String address) {
        facts.audit.append(failed("ada"), address);

        assertThat(lines.all()).isEmpty();
    }

    @Test
    void aProxyBeforeAnUnknownClientIsNeverNamed() {
        new AuthenticationFailures(facts.clock)
                .note(
                        WayIn.TOKEN,
                        "dead-credential",
                        new ClientAddress.Unknown(InetAddress.ofLiteral("10.0.0.1")),
                        "r-1");

        assertThat(lines.all()).isEmpty();
    }

    @Test
    void anAddressWithinALinkStandsWithoutTheNameOfTheNetworkCard() {
        facts.audit.append(failed("ada"), "fe80:0:0:0:0:0:0:7%2");

        assertThat(lines.all()).singleElement().asString().contains("client=fe80:0:0:0:0:0:0:7 ");
    }

    @Test
    void aFloodIsAFewLinesForEachAddressAndACount() {
        for (int i = 0; i < 100; i++) {
            facts.audit.append(failed("ada"), "203.0.113.9");
        }
        assertThat(lines.all()).hasSize(AuthenticationFailures.LINES_OF_ADDRESS_MAX);

        facts.clock.advance(Duration.ofMinutes(2));
        facts.audit.append(failed("ada"), "203.0.113.10");

        assertThat(lines.all()).contains("event=authentication-failures-left-out count=80");
        assertThat(lines.all().getLast()).contains("client=203.0.113.10 ");
    }
}
