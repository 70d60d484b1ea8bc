package dev.vestibule.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.audit.Reason;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.proxy.Assertion;
import dev.vestibule.testhouse.proxy.AssertionLie;
import dev.vestibule.testhouse.proxy.KeyPage;
import dev.vestibule.testhouse.proxy.ScriptedProxy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Which assertions are believed, and which are not.
class AssertionVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final String SECRET = "a-secret-that-is-shared-with-the-outpost";

    private final TestClock clock = new TestClock(NOW);
    private final ScriptedProxy proxy = ScriptedProxy.start(clock);
    private final AssertionVerifier verifier =
            new AssertionVerifier(clock, AssertionDraft.byKeys(proxy));

    @AfterEach
    void close() {
        verifier.close();
        proxy.close();
    }

    private Assertion ada() {
        return proxy.assertionFor("ada");
    }

    private String reasonFor(String compact) {
        return verifier.judge(compact) instanceof Verdict.Refused(var reason, _)
                ? reason.code()
                : "none";
    }

    @Test
    void aTrueOneSaysWhoSomebodyIs() {
        String compact =
                ada().with("name", "Ada")
                        .with("custom", Map.of("groups", List.of("family", "admins")))
                        .signed();

        assertThat(verifier.judge(compact))
                .isInstanceOfSatisfying(
                        Verdict.Person.class,
                        person -> {
                            assertThat(person.identity().subject())
                                    .isEqualTo(
                                            new Subject(new Issuer(ScriptedProxy.ISSUER), "ada"));
                            assertThat(person.identity().username()).isEqualTo("ada@example.org");
                            assertThat(person.identity().displayName()).isEqualTo("Ada");
                            assertThat(person.identity().groups())
                                    .containsExactlyInAnyOrder("family", "admins");
                        });
    }

    @Test
    void aServiceTokenProvesTheWayAndNamesNobody() {
        assertThat(verifier.judge(ada().with("sub", "").with("common_name", "ha").signed()))
                .isEqualTo(new Verdict.Program());
    }

    @ParameterizedTest
    @EnumSource(AssertionLie.class)
    @DisplayName("B10: no lie about the signature is believed")
    void noLieAboutTheSignatureIsBelieved(AssertionLie lie) {
        String expected =
                switch (lie) {
                    case CORRUPTED, STRANGER, EMBEDDED_JWK, JKU, X5U ->
                            "assertion-signature-invalid";
                    case ALG_NONE, HS256_WITH_PUBLIC_KEY -> "assertion-algorithm-not-allowed";
                    case UNKNOWN_KID -> "assertion-key-unknown";
                    case UNKNOWN_CRIT -> "assertion-header-not-allowed";
                };

        assertThat(reasonFor(ada().signedFalsely(lie))).isEqualTo(expected);
    }

    @Test
    @DisplayName("B10: an assertion of another team at the same product is nobody's here")
    void ofAnotherTeam() {
        assertThat(reasonFor(ada().with("iss", "https://evil.cloudflareaccess.com").signed()))
                .isEqualTo("assertion-issuer-mismatch");
    }

    @Test
    @DisplayName("B11: an assertion for another application behind the same proxy opens nothing")
    void forAnotherApplication() {
        assertThat(reasonFor(ada().with("aud", List.of("another-application")).signed()))
                .isEqualTo("assertion-audience-mismatch");
        assertThat(reasonFor(ada().with("aud", ScriptedProxy.AUDIENCE + "0").signed()))
                .isEqualTo("assertion-audience-mismatch");
        assertThat(reasonFor(ada().without("aud").signed()))
                .isEqualTo("assertion-audience-mismatch");
    }

    @Test
    void oneOfSeveralAudiencesWillDo() {
        assertThat(
                        verifier.judge(
                                ada().with("aud", List.of("other", ScriptedProxy.AUDIENCE))
                                        .signed()))
                .isInstanceOf(Verdict.Person.class);
    }

    @Test
    @DisplayName("B10: expired, future and undated assertions are refused")
    void aClockDecides() {
        long now = NOW.getEpochSecond();
        long leeway = AssertionDraft.LEEWAY.toSeconds();

        assertThat(reasonFor(ada().with("exp", now - leeway).signed()))
                .isEqualTo("assertion-expired");
        assertThat(reasonFor(ada().without("exp").signed())).isEqualTo("assertion-expired");
        assertThat(reasonFor(ada().with("iat", now + leeway + 1).signed()))
                .isEqualTo("assertion-issued-at");
        assertThat(reasonFor(ada().with("nbf", now + leeway + 1).signed()))
                .isEqualTo("assertion-not-yet-valid");
        assertThat(verifier.judge(ada().with("exp", now - leeway + 1).signed()))
                .isInstanceOf(Verdict.Person.class);
    }

    @Test
    void whatIsNoTokenIsRefused() {
        assertThat(reasonFor("")).isEqualTo("assertion-token-unreadable");
        assertThat(reasonFor("a.b.c")).isEqualTo("assertion-token-unreadable");
        assertThat(reasonFor("x".repeat(70_000))).isEqualTo("assertion-token-unreadable");
    }

    @Test
    void aSubjectThatIsNoTextIsRefused() {
        assertThat(reasonFor(ada().with("sub", 7).signed())).isEqualTo("assertion-subject-missing");
        assertThat(reasonFor(ada().with("sub", "a\nb").signed()))
                .isEqualTo("assertion-subject-missing");
    }

    @Test
    void aGenuineOneIsRememberedUntilItEnds() {
        String compact = ada().signed();
        assertThat(verifier.known(compact)).isEmpty();
        var _ = verifier.judge(compact);

        assertThat(verifier.known(compact)).get().isInstanceOf(Verdict.Person.class);
        clock.advance(Duration.ofSeconds(60).plus(AssertionDraft.LEEWAY));
        assertThat(verifier.known(compact)).isEmpty();
        assertThat(reasonFor(compact)).isEqualTo("assertion-expired");
    }

    @Test
    void whatWasRefusedIsNeverRemembered() {
        String compact = ada().signedFalsely(AssertionLie.STRANGER);
        var _ = verifier.judge(compact);

        assertThat(verifier.known(compact)).isEmpty();
    }

    @Test
    void aWithdrawnKeyDiesWithinAQuarterOfAnHour() {
        String compact = ada().with("exp", NOW.plusSeconds(86_400).getEpochSecond()).signed();
        var _ = verifier.judge(compact);
        proxy.rotateKeys();

        clock.advance(AssertionVerifier.REMEMBERED_FOR);

        assertThat(reasonFor(compact)).isEqualTo("assertion-key-unknown");
    }

    @Test
    void aNewKeyIsLearnedAtOnce() {
        var _ = verifier.judge(ada().signed());
        proxy.rotateKeys();

        assertThat(verifier.judge(proxy.assertionFor("bob").signed()))
                .isInstanceOf(Verdict.Person.class);
    }

    @Test
    @DisplayName("D11: a flood of unknown key names asks the proxy once in thirty seconds")
    void aFloodOfUnknownKeyNamesIsThrottled() {
        var _ = verifier.judge(ada().signed());
        int before = proxy.keyRequests();

        for (int i = 0; i < 5; i++) {
            assertThat(reasonFor(ada().signedFalsely(AssertionLie.UNKNOWN_KID)))
                    .isEqualTo("assertion-key-unknown");
        }

        assertThat(proxy.keyRequests()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyPage.class,
            names = {"BROKEN", "HUGE"})
    void withoutKeysNothingCanBeSaid(KeyPage page) {
        proxy.answerKeysWith(page);

        assertThat(verifier.judge(ada().signed())).isEqualTo(new Verdict.Unjudgeable());
    }

    @Test
    void theLastKeysServeWhileTheProxyIsAway() {
        var _ = verifier.judge(ada().signed());
        proxy.answerKeysWith(KeyPage.BROKEN);
        clock.advance(Duration.ofHours(1));

        assertThat(verifier.judge(proxy.assertionFor("bob").signed()))
                .isInstanceOf(Verdict.Person.class);
    }

    @Test
    void anOutpostThatSharesASecretIsBelievedByIt() {
        try (AssertionVerifier shared =
                new AssertionVerifier(clock, AssertionDraft.bySecret(proxy, SECRET))) {
            assertThat(shared.judge(ada().signedWith(SECRET))).isInstanceOf(Verdict.Person.class);
            assertThat(shared.judge(ada().signedWith(SECRET + "x")))
                    .isEqualTo(forged("signature-invalid"));
            assertThat(shared.judge(ada().signed())).isEqualTo(forged("algorithm-not-allowed"));
            assertThat(shared.judge(ada().signedFalsely(AssertionLie.ALG_NONE)))
                    .isEqualTo(forged("algorithm-not-allowed"));
        }
        assertThat(proxy.keyRequests()).isZero();
    }

    private static Verdict forged(String what) {
        return new Verdict.Refused(new Reason.Of(Reason.Family.ASSERTION, what), true);
    }
}
