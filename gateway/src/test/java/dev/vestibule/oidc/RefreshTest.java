package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.oidc.RefreshedProof.Ended;
import dev.vestibule.oidc.RefreshedProof.StillValid;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.openid.ProviderOptions.Feature;
import dev.vestibule.testhouse.openid.TokenLie;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshTest {

    private ProviderHouse house = new ProviderHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private Subject ada() {
        return new Subject(house.party.issuer(), "ada");
    }

    private Secret refreshToken() {
        return switch (house.signedIn().livenessProof()) {
            case LivenessProof.Offered(var token) -> token;
            case LivenessProof.NotOffered none -> throw new AssertionError(none);
        };
    }

    private static Secret next(RefreshedProof proof) {
        return switch (proof) {
            case StillValid(var token) -> token;
            case Ended other -> throw new AssertionError(other);
            case RefreshedProof.Mismatch other -> throw new AssertionError(other);
        };
    }

    @Test
    void aPersonWhoIsStillThereStaysValidAndTheTokenRotates() {
        Secret first = refreshToken();
        Secret second = next(house.party.refresh(first, ada()));

        assertThat(second).isNotEqualTo(first);
        assertThat(next(house.party.refresh(second, ada()))).isNotEqualTo(second);
    }

    @Test
    void aPersonWhoWasSwitchedOffHasEnded() {
        Secret token = refreshToken();
        house.provider.disable("ada");

        assertThat(house.party.refresh(token, ada())).isEqualTo(new Ended());
    }

    @Test
    void aProviderThatIsAwayProvesNothing() {
        Secret token = refreshToken();
        house.provider.lie(TokenLie.SERVER_ERROR);

        assertThatThrownBy(() -> house.party.refresh(token, ada()))
                .isInstanceOf(OpenIdProviderUnavailable.class);
    }

    @Test
    void aProviderWithoutRefreshTokensOffersNoProof() {
        house.close();
        house = ProviderHouse.with(options -> options.without(Feature.OFFLINE_ACCESS));

        assertThat(house.signedIn().livenessProof()).isEqualTo(new LivenessProof.NotOffered());
    }

    @Test
    void aPersonOfAnotherIssuerIsABug() {
        Subject stranger = new Subject(new Issuer("https://other.example.org"), "ada");

        assertThatThrownBy(() -> house.party.refresh(new Secret("x"), stranger))
                .isInstanceOf(IllegalStateException.class);
    }
}
