package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

class AccessTokenClaimsTest {

    /// As recorded from a Home Assistant 2024.1, without its signature.
    private static final String RECORDED =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
                    + ".eyJpc3MiOiJjYTg5NDg0MjliMGI0ZGMyYjIzMDcxNDVkODE3ODYxZSIsImlhdCI6MTc5NTQ0"
                    + "MTQwMCwiZXhwIjoxNzk1NDQzMjAwfQ.UUymz07UUXxq1VirMdREk4VnSevcrOsJ75vLrb1Fmso";

    @Test
    void readsARecordedToken() {
        assertThat(AccessTokenClaims.read(RECORDED))
                .contains(
                        new AccessTokenClaims(
                                "ca8948429b0b4dc2b2307145d817861e",
                                Instant.ofEpochSecond(1_795_441_400),
                                Instant.ofEpochSecond(1_795_443_200)));
    }

    @Test
    void namesTheRefreshTokenThatATokenWasMadeFrom() {
        assertThat(AccessTokenClaims.issuerOf(token("{\"iss\":\"ab12\",\"iat\":1,\"exp\":2}")))
                .contains("ab12");
    }

    @Test
    void readsATokenThatOutlivesTheYear2038() {
        AccessTokenClaims claims =
                AccessTokenClaims.read(
                                token("{\"iss\":\"ab\",\"iat\":1795441400,\"exp\":4949041400}"))
                        .orElseThrow();

        assertThat(claims.expiresAt()).isEqualTo(Instant.ofEpochSecond(4_949_041_400L));
        assertThat(claims.isLongLived()).isTrue();
        assertThat(
                        AccessTokenClaims.read(
                                token("{\"iss\":\"ab\",\"iat\":1,\"exp\":9223372036854775807}")))
                .isEmpty();
    }

    @Test
    void tellsATokenOfASignInFromALongLivedOne() {
        assertThat(AccessTokenClaims.read(RECORDED).orElseThrow().isLongLived()).isFalse();
        assertThat(
                        AccessTokenClaims.read(token("{\"iss\":\"ab\",\"iat\":1,\"exp\":86401}"))
                                .orElseThrow()
                                .isLongLived())
                .isTrue();
    }

    @Test
    void readsNothingThatNamesTwoIssuers() {
        assertThat(
                        AccessTokenClaims.read(
                                token("{\"iss\":\"ab\",\"iss\":\"cd\",\"iat\":1,\"exp\":2}")))
                .isEmpty();
    }

    @Test
    void readsNothingThatIsNotOneObject() {
        assertThat(AccessTokenClaims.read(token("[]"))).isEmpty();
        assertThat(AccessTokenClaims.read(token("{\"iss\":\"ab\",\"iat\":1,\"exp\":2} {}")))
                .isEmpty();
        assertThat(AccessTokenClaims.read(token(""))).isEmpty();
    }

    @Test
    void readsNothingWithoutIssuerOrTimes() {
        assertThat(AccessTokenClaims.read(token("{\"iat\":1,\"exp\":2}"))).isEmpty();
        assertThat(AccessTokenClaims.read(token("{\"iss\":7,\"iat\":1,\"exp\":2}"))).isEmpty();
        assertThat(AccessTokenClaims.read(token("{\"iss\":\"ab\",\"iat\":\"1\",\"exp\":2}")))
                .isEmpty();
        assertThat(AccessTokenClaims.read(token("{\"iss\":\"a/../b\",\"iat\":1,\"exp\":2}")))
                .isEmpty();
    }

    @Test
    void readsNothingThatIsTooLongOrTooDeep() {
        String issuer = "a".repeat(5_000);
        assertThat(
                        AccessTokenClaims.read(
                                token("{\"iss\":\"" + issuer + "\",\"iat\":1,\"exp\":2}")))
                .isEmpty();
        String deep = "[".repeat(100) + "]".repeat(100);
        assertThat(
                        AccessTokenClaims.read(
                                token("{\"x\":" + deep + ",\"iss\":\"ab\",\"iat\":1,\"exp\":2}")))
                .isEmpty();
    }

    @Property
    void neverFailsOnWhatIsNoToken(@ForAll String text, @ForAll String claims) {
        assertThat(AccessTokenClaims.read(text)).isEmpty();
        assertThat(AccessTokenClaims.read(token(claims))).isEmpty();
    }

    private static String token(String claims) {
        return "e30."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
