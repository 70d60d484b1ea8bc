package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.proxy.KeyPage;
import dev.vestibule.testhouse.proxy.ScriptedProxy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Somebody who signs tokens without being a provider.
class TokenSignerTest {

    private final TestClock clock = new TestClock(Instant.parse("2026-11-26T08:00:00Z"));
    private final ScriptedProxy proxy = ScriptedProxy.start(clock);
    private final TokenSigner signer =
            TokenSigner.withKeysAt(
                    clock,
                    "access",
                    proxy.keys(),
                    List.of(),
                    Set.of("ES256", "HS256"),
                    Duration.ofMillis(500));

    @AfterEach
    void close() {
        signer.close();
        proxy.close();
    }

    @Test
    void theirWordsAreReadWhereTheirKeyMadeTheSignature() throws TokenRefused {
        assertThat(signer.verify(proxy.assertionFor("ada").signed()).path("sub").asText())
                .isEqualTo("ada");
    }

    @Test
    void keysThatNeverArriveEndTheQuestion() {
        proxy.answerKeysWith(KeyPage.STALLED);

        assertThatThrownBy(() -> signer.verify(proxy.assertionFor("ada").signed()))
                .isInstanceOf(OpenIdProviderUnavailable.class);
    }

    @Test
    void aKeyPageNeverMakesASharedSecretUsable() {
        assertThatThrownBy(
                        () -> signer.verify(proxy.assertionFor("ada").signedWith("x".repeat(32))))
                .isInstanceOfSatisfying(
                        TokenRefused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(RejectionReason.ALGORITHM_NOT_ALLOWED));
    }

    @Test
    void aShortSecretIsNoSecret() {
        assertThatThrownBy(() -> TokenSigner.withSecret(new Secret("x".repeat(31))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
