package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.vestibule.audit.AuthenticationFailures;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.util.List;

/// Whom the log names as somebody who proved wrongly who they are, through a whole gateway.
final class WhoIsBannedTest {

    private static final String ATTACKER = "203.0.113.66";
    private static final String VICTIM = "198.51.100.7";
    private static final String PROXY = "127.0.0.1";

    private final AttackedHouse house = new AttackedHouse();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AuthenticationFailures.class);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    @BeforeEach
    void listen() {
        written.start();
        logger.addAppender(written);
    }

    @AfterEach
    void close() {
        logger.detachAppender(written);
        house.close();
    }

    private List<String> failures() {
        return written.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .map(line -> line.replaceAll(" request=.*", ""))
                .toList();
    }

    private static String failure(String way, String reason) {
        return "event=authentication-failure client="
                + ATTACKER
                + " way="
                + way
                + " reason="
                + reason;
    }

    @Test
    void everyWayInThatIsTriedWronglyNamesWhoTried() {
        house.wrongPassword(ATTACKER, "greta");
        house.wrongBreakGlassCode(ATTACKER);
        house.wrongScimToken(ATTACKER);
        house.wrongBearer(ATTACKER);
        house.wrongRefreshToken(ATTACKER);
        house.wrongSocketToken(ATTACKER);

        assertThat(failures())
                .containsExactly(
                        failure("local", "wrong-password"),
                        failure("break-glass", "break-glass-wrong-code"),
                        failure("scim", "scim-token"),
                        failure("token", "dead-credential"),
                        failure("token", "dead-refresh-token"),
                        failure("token", "dead-credential"));
    }

    @Test
    void whoBelongsHereIsNotNamed() {
        house.rightPassword(VICTIM);

        assertThat(failures()).isEmpty();
    }

    @Test
    @DisplayName("I8: names that contain a victim's address or a whole line name nobody else")
    void namesNameNobody() {
        String line =
                "2026-01-01T12:00:00.000Z INFO  AuthenticationFailures"
                        + " event=authentication-failure client="
                        + VICTIM
                        + " way=local reason=wrong-password request=x";
        house.wrongPassword(ATTACKER, VICTIM);
        house.wrongPassword(ATTACKER, "\n" + line + "\n");
        house.unknownClient(ATTACKER, "https://" + VICTIM + "/\n" + line + "\n\u001b[2K");

        assertThat(failures())
                .containsExactly(
                        failure("local", "wrong-password"), failure("local", "wrong-password"));
    }

    @Test
    @DisplayName("I8: a page of a stranger cannot have its readers banned")
    void aHostilePageNamesNobody() {
        house.readHostilePage(VICTIM);

        assertThat(failures()).isEmpty();
    }

    @Test
    @DisplayName("I9: what comes through a proxy that names nobody is nobody's failure")
    void theProxyIsNotNamed() {
        house.wrongBreakGlassCode("not an address");
        house.wrongScimToken(PROXY);
        house.wrongBearer("203.0.113.66, not an address");

        assertThat(failures()).isEmpty();
    }
}
