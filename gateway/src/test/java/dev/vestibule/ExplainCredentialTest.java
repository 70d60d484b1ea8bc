package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ExplainControl.ExplainAnswer;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// What a whole gateway says about credentials. None of them is ever in what is said or logged, and
/// asking leaves no trace.
class ExplainCredentialTest {

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser browser = new VisitorBrowser();
    private final HouseLog log = new HouseLog();

    @AfterEach
    void close() {
        log.close();
        browser.close();
        house.close();
    }

    private String asked(String credential) {
        var before = house.contentsAtRest();
        ExplainAnswer answer =
                house.gateway().commands().explain().credential(new Secret(credential));
        String said =
                switch (answer) {
                    case ExplainAnswer.Told(var explanation) ->
                            explanation.lines().stream()
                                            .map(line -> line.label() + ": " + line.text())
                                            .collect(Collectors.joining("\n"))
                                    + "\n"
                                    + String.join("\n", explanation.advice());
                    case ExplainAnswer.Refused(var sentence) -> "no: " + sentence;
                };
        assertThat(house.contentsAtRest()).isEqualTo(before);
        assertThat(said).doesNotContain(credential);
        assertThat(log.entries())
                .extracting(HouseLog.Entry::line)
                .noneMatch(line -> line.contains(credential));
        return said;
    }

    private static String jwt(String claims) {
        return "e30."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private static String issuerOf(String accessToken) {
        String claims =
                new String(
                        Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]),
                        StandardCharsets.UTF_8);
        return claims.replaceAll(".*\"iss\" ?: ?\"([^\"]+)\".*", "$1");
    }

    @Test
    void tokensOfAPersonAreToldWithWhoseTheyAreAndDieWithThem() {
        var ben = house.signIn(browser, "ben");

        assertThat(asked(ben.accessToken()))
                .contains("kind: an access token")
                .contains("whose: ben (Ben), active")
                .contains("home: home")
                .contains("rights: what user may")
                .contains("state: alive")
                .contains("genuine: yes")
                .contains("vestibule grant revoke ");
        assertThat(asked(ben.refreshToken()))
                .contains("kind: a refresh token")
                .contains("whose: ben")
                .contains("state: alive");

        house.suspend("ben");

        assertThat(asked(ben.accessToken())).contains("suspended").contains("state: dead");
        assertThat(asked(ben.refreshToken()))
                .contains("rights: none")
                .contains("state: dead: its person is suspended or removed")
                .contains("vestibule explain ACCOUNT");
    }

    @Test
    void aSignedAddressIsOfItsGrantUntilItRunsOut() {
        String issuer = issuerOf(house.signIn(browser, "ben").accessToken());
        String claims = "{\"iss\":\"%s\",\"path\":\"/media/a\",\"iat\":0,\"exp\":%d}";
        long now = Instant.now().getEpochSecond();

        assertThat(asked(jwt(claims.formatted(issuer, now + 600))))
                .contains("kind: the signature of a signed address")
                .contains("whose: ben")
                .contains("state: alive");
        assertThat(asked(jwt(claims.formatted(issuer, now - 600)))).contains("it has run out");
        assertThat(asked(jwt(claims.formatted("nobody", now + 600)))).contains("of no grant here");
    }

    @Test
    void theCookieOfABrowserIsToldWithItsEnd() {
        house.signIn(browser, "ben");
        String cookie = browser.cookie(house.origin().authority(), "vestibule-dev");

        assertThat(asked(cookie))
                .contains("kind: the cookie of a signed-in browser")
                .contains("whose: ben")
                .contains("state: alive")
                .contains("by provider")
                .contains("until: ");

        house.suspend("ben");
        assertThat(asked(cookie)).contains("kind: unknown to this gateway");
    }

    @Test
    void aScimClientsTokenIsToldWithItsClient() {
        ControlOutcome made = house.gateway().commands().scimClients().add("okta", "", List.of());

        assertThat(asked(((ControlOutcome.NewToken) made).token().reveal()))
                .contains("kind: a SCIM client's token")
                .contains("whose: the client okta")
                .contains("last used: never");
    }

    @Test
    void whatIsOlderThanTheGatewayIsLeftToHomeAssistant() {
        assertThat(asked(house.homeAssistant().administratorToken()))
                .contains("a long-lived access token")
                .contains("at home: Home Assistant is asked at the first use");
    }

    @Test
    void whatIsNobodysIsUnknown() {
        assertThat(asked("made-up")).contains("kind: unknown to this gateway");
        assertThat(asked("x".repeat(20_000))).contains("unknown");
        assertThat(asked("\u001b[31m")).contains("unknown");
    }
}
