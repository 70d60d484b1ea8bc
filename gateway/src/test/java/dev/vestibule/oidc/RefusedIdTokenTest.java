package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vestibule.config.UserInfoUse;
import dev.vestibule.oidc.SignInResult.Rejected;
import dev.vestibule.oidc.SignInResult.Verified;
import dev.vestibule.secret.Secrets;
import dev.vestibule.testhouse.openid.ClaimLie;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.KeySetLie;
import dev.vestibule.testhouse.openid.Lie;
import dev.vestibule.testhouse.openid.SignatureLie;
import dev.vestibule.testhouse.openid.SigningAlgorithm;
import dev.vestibule.testhouse.openid.TokenLie;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// ID tokens that must not be believed, whatever the reason, and how the reason is told.
class RefusedIdTokenTest {

    private ProviderHouse house =
            ProviderHouse.configured(config -> config.userInfo = UserInfoUse.ALWAYS);

    @AfterEach
    void close() {
        house.close();
    }

    private void moveTo(ProviderHouse other) {
        house.close();
        house = other;
    }

    private static void assertRejected(SignInResult result, RejectionReason reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    static Stream<Arguments> refusedIdTokens() {
        return Stream.of(
                arguments(ClaimLie.ISSUER_WITH_SLASH, RejectionReason.ISSUER_MISMATCH),
                arguments(ClaimLie.SUBJECT_TWICE, RejectionReason.TOKEN_UNREADABLE),
                arguments(ClaimLie.AUDIENCE_LONGER, RejectionReason.AUDIENCE_MISMATCH),
                arguments(ClaimLie.AUDIENCE_OTHER_CASE, RejectionReason.AUDIENCE_MISMATCH),
                arguments(ClaimLie.MISSING_AUDIENCE, RejectionReason.AUDIENCE_MISMATCH),
                arguments(
                        ClaimLie.FOREIGN_AUDIENCES_WITHOUT_AZP,
                        RejectionReason.AUTHORIZED_PARTY_MISMATCH),
                arguments(
                        ClaimLie.FOREIGN_AUDIENCES_WRONG_AZP,
                        RejectionReason.AUTHORIZED_PARTY_MISMATCH),
                arguments(ClaimLie.ISSUED_IN_FUTURE, RejectionReason.ISSUED_AT),
                arguments(ClaimLie.MISSING_EXPIRY, RejectionReason.EXPIRED),
                arguments(ClaimLie.EXPIRED, RejectionReason.EXPIRED),
                arguments(ClaimLie.EXPIRY_NAN, RejectionReason.EXPIRED),
                arguments(ClaimLie.EXPIRY_TEXT, RejectionReason.EXPIRED),
                arguments(ClaimLie.EXPIRY_OVERFLOW, RejectionReason.EXPIRED),
                arguments(ClaimLie.EXPIRY_FAR_FUTURE, RejectionReason.EXPIRED),
                arguments(ClaimLie.NOT_BEFORE_IN_FUTURE, RejectionReason.NOT_YET_VALID),
                arguments(ClaimLie.MISSING_NONCE, RejectionReason.NONCE_MISMATCH),
                arguments(ClaimLie.WRONG_ACCESS_TOKEN_HASH, RejectionReason.ACCESS_TOKEN_HASH),
                arguments(SignatureLie.ALG_LOWER_CASE, RejectionReason.ALGORITHM_NOT_ALLOWED),
                arguments(
                        SignatureLie.HS256_WITH_PUBLIC_KEY, RejectionReason.ALGORITHM_NOT_ALLOWED),
                arguments(SignatureLie.OTHER_RSA_PADDING, RejectionReason.ALGORITHM_NOT_ALLOWED),
                arguments(SignatureLie.UNKNOWN_KID, RejectionReason.KEY_UNKNOWN),
                arguments(SignatureLie.KID_OF_OTHER_KEY, RejectionReason.SIGNATURE_INVALID),
                arguments(SignatureLie.EMBEDDED_JWK, RejectionReason.SIGNATURE_INVALID),
                arguments(SignatureLie.JKU, RejectionReason.SIGNATURE_INVALID),
                arguments(SignatureLie.X5U, RejectionReason.SIGNATURE_INVALID),
                arguments(SignatureLie.UNKNOWN_CRIT, RejectionReason.HEADER_NOT_ALLOWED),
                arguments(SignatureLie.B64_FALSE, RejectionReason.HEADER_NOT_ALLOWED),
                arguments(SignatureLie.SMALL_RSA_KEY, RejectionReason.KEY_UNKNOWN),
                arguments(SignatureLie.ENCRYPTED, RejectionReason.TOKEN_UNREADABLE),
                arguments(TokenLie.NO_ID_TOKEN, RejectionReason.ID_TOKEN_MISSING),
                arguments(TokenLie.ID_TOKEN_NOT_TEXT, RejectionReason.ID_TOKEN_MISSING),
                arguments(KeySetLie.EMPTY, RejectionReason.KEY_UNKNOWN),
                arguments(KeySetLie.ONLY_ENCRYPTION_KEY, RejectionReason.KEY_UNKNOWN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedIdTokens")
    @DisplayName("D3, D7 to D10, D15, D16: a refused ID token causes no userinfo request")
    void aRefusedIdTokenHasItsReasonAndUserInfoIsNotAsked(Lie lie, RejectionReason reason) {
        house.provider.lie(lie);

        assertRejected(house.signIn(), reason);
        assertThat(house.count(Endpoint.USER_INFO)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PSYCHIC", "ES256_WITH_P384", "CORRUPTED", "EMPTY"})
    @DisplayName("D8: curves and signatures of zeros, at a provider that signs with ES256")
    void ellipticTricksAreRefused(SignatureLie lie) {
        moveTo(ProviderHouse.with(options -> options.withSigningAlgorithm(SigningAlgorithm.ES256)));
        assertThat(house.signIn()).isInstanceOf(Verified.class);
        house.provider.lie(lie);

        assertThat(house.signIn()).isInstanceOf(Rejected.class);
    }

    @Test
    void aProviderThatSignsWithPs256IsUnderstood() {
        moveTo(ProviderHouse.with(options -> options.withSigningAlgorithm(SigningAlgorithm.PS256)));

        assertThat(house.signIn()).isInstanceOf(Verified.class);
    }

    @Test
    @DisplayName("D9: of two keys with one name, the one that signed is found")
    void twoKeysWithOneNameAreBothTried() {
        house.provider.lie(SignatureLie.DUPLICATE_KID);

        assertThat(house.signIn()).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"WEAKER_ACR", "MISSING_ACR"})
    @DisplayName("D22: a weaker authentication context than the required one is refused")
    void aWeakerContextIsRefused(ClaimLie lie) {
        moveTo(ProviderHouse.configured(config -> config.requiredAcr = List.of("phr")));
        house.provider.lie(lie);

        assertRejected(house.signIn(), RejectionReason.AUTHENTICATION_CONTEXT);
    }

    @ParameterizedTest
    @EnumSource(names = {"STALE_AUTH_TIME", "MISSING_AUTH_TIME", "FUTURE_AUTH_TIME"})
    @DisplayName(
            "D22: an old sign-in, or one of unknown age or of later, is refused where a fresh one"
                    + " was asked")
    void anOldSignInIsRefusedWhereAFreshOneWasAsked(ClaimLie lie) {
        assertThat(house.signIn(Prompt.FRESH_LOGIN)).isInstanceOf(Verified.class);
        house.provider.lie(lie);

        assertRejected(house.signIn(Prompt.FRESH_LOGIN), RejectionReason.AUTHENTICATION_TOO_OLD);
        assertThat(house.signIn(Prompt.AS_NEEDED)).isInstanceOf(Verified.class);
    }

    @Test
    @DisplayName("D16: clocks may differ by less than sixty seconds, either way")
    void clocksMayDifferByAMinute() {
        AuthorizationStart early = house.begin();
        AuthorizationResponseParameters earlyAnswer = house.walk(early);
        try (OpenIdProvider slow = lateBy(Duration.ofSeconds(-59))) {
            assertThat(slow.complete(earlyAnswer, early.pending())).isInstanceOf(Verified.class);
        }
        AuthorizationStart late = house.begin();
        AuthorizationResponseParameters lateAnswer = house.walk(late);
        try (OpenIdProvider slow = lateBy(Duration.ofSeconds(-61))) {
            assertRejected(slow.complete(lateAnswer, late.pending()), RejectionReason.ISSUED_AT);
        }
        AuthorizationStart ahead = house.begin();
        AuthorizationResponseParameters aheadAnswer = house.walk(ahead);
        try (OpenIdProvider fast = lateBy(Duration.ofMinutes(6).minusSeconds(1))) {
            assertThat(fast.complete(aheadAnswer, ahead.pending())).isInstanceOf(Verified.class);
        }
        AuthorizationStart beyond = house.begin();
        AuthorizationResponseParameters beyondAnswer = house.walk(beyond);
        try (OpenIdProvider fast = lateBy(Duration.ofMinutes(6))) {
            assertRejected(fast.complete(beyondAnswer, beyond.pending()), RejectionReason.EXPIRED);
        }
    }

    private OpenIdProvider lateBy(Duration offset) {
        return new OpenIdProvider(
                () -> house.clock.instant().plus(offset),
                new Secrets(),
                new ConfigDraft(house.provider.issuer()).finish(),
                ProviderHouse.PATIENCE);
    }
}
