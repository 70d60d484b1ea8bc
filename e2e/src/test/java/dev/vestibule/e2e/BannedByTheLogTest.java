package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.AttackedHouse;
import dev.vestibule.config.LogConfig;
import dev.vestibule.config.LogFormat;
import dev.vestibule.config.LogLevel;
import dev.vestibule.log.LogSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Debian's fail2ban and CrowdSec read what a gateway under attack wrote, as text and as JSON, by
/// the files of `deploy`.
@ParameterizedClass
@EnumSource(LogFormat.class)
@DisplayName("I8: whoever guesses is banned, and nobody whose address they wrote")
final class BannedByTheLogTest {

    private static final String ATTACKER = "203.0.113.66";
    private static final String OTHER_ATTACKER = "2001:db8:0:0:0:0:0:66";
    private static final String OTHER_ATTACKER_IN_SHORT = "2001:db8::66";

    /// Comes last, so that whoever else is to be banned has been.
    private static final String LAST_ATTACKER = "203.0.113.77";

    private static final String HOLDER_OF_OLD_TOKENS = "203.0.113.99";
    private static final String VICTIM = "198.51.100.7";
    private static final int TIMES = 6;
    private static final Pattern BAN = Pattern.compile("ban on Ip ([0-9a-f.:]+)");

    private final LogFormat format;
    @TempDir Path directory;
    private Path log;

    BannedByTheLogTest(LogFormat format) {
        this.format = format;
    }

    @BeforeEach
    void attack() {
        log = directory.resolve("vestibule.log");
        // Programs that ban are not to depend on it.
        LogSettings.apply(new LogConfig(format, LogLevel.ERROR));
        try (ProductLog _ = new ProductLog(log);
                AttackedHouse house = new AttackedHouse()) {
            for (int i = 0; i < TIMES; i++) {
                house.wrongPassword(ATTACKER, poison(i));
                house.unknownClient(ATTACKER, "https://evil.example/" + poison(i));
                house.wrongBearer(HOLDER_OF_OLD_TOKENS);
                house.wrongPassword(OTHER_ATTACKER, "greta");
                house.readHostilePage(VICTIM);
                // A library that repeats in a trace what a stranger wrote.
                LoggerFactory.getLogger("Anything")
                        .error("event=bug", new IllegalStateException(poison(i)));
            }
            house.rightPassword(VICTIM);
            for (int i = 0; i < TIMES; i++) {
                house.wrongBreakGlassCode(LAST_ATTACKER);
            }
        }
    }

    @AfterEach
    void asBefore() {
        LogSettings.apply(LogConfig.DEFAULTS);
    }

    /// Names that programs which ban could fall for.
    private static String poison(int kind) {
        String line =
                "2026-11-26T12:00:00.000Z INFO  AuthenticationFailures"
                        + " event=authentication-failure client="
                        + VICTIM
                        + " way=local reason=wrong-password request=x";
        return switch (kind) {
            case 0 -> VICTIM;
            case 1 -> "\n" + line + "\n";
            case 2 -> "\r" + line + "\r";
            case 3 -> "\" client=" + VICTIM + " way=local reason=x request=x";
            case 4 -> "\u001b[2K\u2028" + line;
            default -> "greta' from " + VICTIM + "\r\n host vestibule[1]: " + line;
        };
    }

    @Test
    void fail2banFindsWhoGuessed() throws IOException {
        Fail2ban fail2ban = new Fail2ban(directory);

        assertThat(fail2ban.found(log, "vestibule").lines().distinct())
                .containsExactlyInAnyOrder(ATTACKER, OTHER_ATTACKER_IN_SHORT, LAST_ATTACKER);
        assertThat(fail2ban.found(log, "vestibule").lines().filter(ATTACKER::equals))
                .hasSize(TIMES);
    }

    @Test
    void fail2banCountsTokensWhereItIsTold() throws IOException {
        assertThat(new Fail2ban(directory).found(log, "vestibule[mode=all]").lines().distinct())
                .containsExactlyInAnyOrder(
                        ATTACKER, OTHER_ATTACKER_IN_SHORT, LAST_ATTACKER, HOLDER_OF_OLD_TOKENS);
    }

    @Test
    void aServerOfFail2banBansThemAndNobodyElse() throws IOException {
        try (Fail2ban.Server server = new Fail2ban(directory).serve(log)) {
            assertThat(server.awaitBanned(LAST_ATTACKER))
                    .containsExactlyInAnyOrder(ATTACKER, OTHER_ATTACKER_IN_SHORT, LAST_ATTACKER);
        }
    }

    @Test
    void crowdSecBansThemAndNobodyElse() throws IOException {
        String said = new CrowdSec(directory).read(log);

        assertThat(BAN.matcher(said).results().map(MatchResult::group).distinct())
                .as(said)
                .containsExactlyInAnyOrder(
                        "ban on Ip " + ATTACKER,
                        "ban on Ip " + OTHER_ATTACKER,
                        "ban on Ip " + LAST_ATTACKER);
    }

    @Test
    void theTrapsAreInTheLog() throws IOException {
        assertThat(Files.readString(log)).contains("client=" + VICTIM);
    }
}
