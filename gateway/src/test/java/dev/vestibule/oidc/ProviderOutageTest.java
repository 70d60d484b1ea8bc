package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.oidc.SignInResult.Rejected;
import dev.vestibule.oidc.SignInResult.Verified;
import dev.vestibule.testhouse.openid.DiscoveryLie;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.KeySetLie;
import dev.vestibule.testhouse.openid.Lie;
import dev.vestibule.testhouse.openid.LogoutLie;
import dev.vestibule.testhouse.openid.OldKey;
import dev.vestibule.testhouse.openid.SignatureLie;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// How often a provider is asked for its documents, and what serves while it does not answer.
class ProviderOutageTest {

    private final ProviderHouse house = new ProviderHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    @DisplayName("D11: a flood of unknown key names causes one fetch in thirty seconds")
    void aFloodOfUnknownKeyNamesIsThrottled() {
        assertThat(house.signIn()).isInstanceOf(Verified.class);
        house.provider.lie(SignatureLie.UNKNOWN_KID);
        house.provider.clearRequests();

        for (int i = 0; i < 5; i++) {
            assertThat(house.signIn()).isInstanceOf(Rejected.class);
        }
        assertThat(house.count(Endpoint.JWKS)).isEqualTo(1);

        house.clock.advance(Duration.ofSeconds(31));
        assertThat(house.signIn()).isInstanceOf(Rejected.class);
        assertThat(house.count(Endpoint.JWKS)).isEqualTo(2);
    }

    @Test
    @DisplayName("D11: a flood of forged logout tokens does not keep sign-in from a new key")
    void aFloodOfLogoutTokensDoesNotKeepSignInFromANewKey() {
        assertThat(house.signIn()).isInstanceOf(Verified.class);
        String forged =
                house.provider.logoutToken(
                        ProviderHouse.CLIENT_ID, "ada", null, LogoutLie.UNKNOWN_KID);
        assertThat(house.party.verifyLogoutToken(forged))
                .isInstanceOf(LogoutTokenResult.Invalid.class);
        house.provider.rotateKeys();

        assertThat(house.signIn()).isInstanceOf(Verified.class);
    }

    @Test
    @DisplayName("D11: a withdrawn key is believed for a quarter of an hour at most")
    void aWithdrawnKeyDiesInTime() {
        assertThat(house.signIn()).isInstanceOf(Verified.class);
        house.clock.advance(Cached.FRESH_FOR.minusSeconds(1));
        String token = house.provider.logoutToken(ProviderHouse.CLIENT_ID, "ada", null);
        house.provider.rotateKeys(OldKey.DROPPED);
        assertThat(house.party.verifyLogoutToken(token))
                .isInstanceOf(LogoutTokenResult.Valid.class);
        house.clock.advance(Duration.ofSeconds(1));

        assertThat(house.party.verifyLogoutToken(token))
                .isInstanceOfSatisfying(
                        LogoutTokenResult.Invalid.class,
                        invalid ->
                                assertThat(invalid.reason())
                                        .isEqualTo(RejectionReason.KEY_UNKNOWN));
    }

    @Test
    @DisplayName("D12: keys that were good serve while the provider cannot hand them out")
    void goodKeysServeWhileTheProviderCannotHandThemOut() {
        assertThat(house.signIn()).isInstanceOf(Verified.class);
        house.provider.lie(KeySetLie.SERVER_ERROR);
        house.clock.advance(Duration.ofHours(11));
        assertThat(house.signIn()).isInstanceOf(Verified.class);
        house.clock.advance(Duration.ofHours(2));

        assertThatThrownBy(house::signIn).isInstanceOf(OpenIdProviderUnavailable.class);
    }

    @Test
    @DisplayName("D21: a provider that is down is asked once in five seconds, however many come")
    void aProviderThatIsDownIsLeftAloneForAMoment() {
        house.provider.lie(DiscoveryLie.SERVER_ERROR);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(house::begin).isInstanceOf(OpenIdProviderUnavailable.class);
        }
        assertThat(house.count(Endpoint.DISCOVERY)).isEqualTo(1);
        house.provider.tellTheTruth();
        house.clock.advance(Duration.ofSeconds(5));

        assertThat(house.signIn()).isInstanceOf(Verified.class);
    }

    @Test
    void aProxyThatAnswersForAProviderThatIsDownIsNoAnswerOfIt() {
        assertThat(house.signIn()).isInstanceOf(Verified.class);
        assertThat(house.party.health()).isEqualTo(ProviderHealth.ANSWERING);
        assertThat(house.party.errorCount()).isZero();
        long errors = 0;
        for (Lie lie :
                List.of(DiscoveryLie.NOT_FOUND, DiscoveryLie.HTML, DiscoveryLie.OTHER_ISSUER)) {
            house.provider.lie(lie);
            house.clock.advance(Cached.STALE_FOR);

            assertThatThrownBy(house::begin).isInstanceOf(OpenIdProviderProblem.class);

            errors++;
            assertThat(house.party.health()).as(lie.toString()).isEqualTo(ProviderHealth.AWAY);
            assertThat(house.party.errorCount()).as(lie.toString()).isEqualTo(errors);
        }
        house.provider.tellTheTruth();
        house.clock.advance(Cached.RETRY_AFTER);

        assertThat(house.signIn()).isInstanceOf(Verified.class);
        assertThat(house.party.health()).isEqualTo(ProviderHealth.ANSWERING);
    }

    @Test
    void keysThatCannotBeReadAreNoAnswer() {
        house.provider.lie(KeySetLie.NOT_JSON);

        assertThatThrownBy(house::signIn).isInstanceOf(OpenIdProviderUnavailable.class);

        assertThat(house.party.health()).isEqualTo(ProviderHealth.AWAY);
        assertThat(house.party.errorCount()).isEqualTo(1);
    }

    @Test
    void aProviderThatIsGoneIsUnavailableAndComesBack() {
        house.provider.goAway();
        assertThatThrownBy(house::begin)
                .isInstanceOf(OpenIdProviderUnavailable.class)
                .hasMessageContaining("cannot be reached");
        house.provider.comeBack();
        house.clock.advance(Duration.ofSeconds(5));

        assertThat(house.signIn()).isInstanceOf(Verified.class);
    }
}
