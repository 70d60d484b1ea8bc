package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vestibule.oidc.LogoutTokenResult.Invalid;
import dev.vestibule.oidc.LogoutTokenResult.Valid;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.LogoutLie;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.stream.Stream;

/// D23: logout tokens beyond the rows of the certification.
class LogoutTokenTest {

    private final ProviderHouse house = new ProviderHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private LogoutTokenResult judge(LogoutLie lie) {
        return house.party.verifyLogoutToken(
                house.provider.logoutToken(ProviderHouse.CLIENT_ID, "ada", "sid", lie));
    }

    static Stream<Arguments> tokensToRefuse() {
        return Stream.of(
                arguments(LogoutLie.CORRUPTED_SIGNATURE, RejectionReason.SIGNATURE_INVALID),
                arguments(LogoutLie.UNKNOWN_KID, RejectionReason.KEY_UNKNOWN),
                arguments(LogoutLie.NOBODY, RejectionReason.LOGOUT_TARGET),
                arguments(LogoutLie.NO_TOKEN_ID, RejectionReason.LOGOUT_TOKEN_ID),
                arguments(LogoutLie.NO_ISSUED_AT, RejectionReason.ISSUED_AT),
                arguments(LogoutLie.EXPIRED, RejectionReason.EXPIRED),
                arguments(LogoutLie.ID_TOKEN, RejectionReason.LOGOUT_EVENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokensToRefuse")
    void aWrongTokenIsRefused(LogoutLie lie, RejectionReason reason) {
        assertThat(judge(lie))
                .isInstanceOfSatisfying(
                        Invalid.class, invalid -> assertThat(invalid.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @EnumSource(names = {"WHITE_SPACE_IN_HEADER", "NO_TYPE"})
    void anOddTokenIsAccepted(LogoutLie lie) {
        assertThat(judge(lie)).isInstanceOf(Valid.class);
    }

    @Test
    @DisplayName(
            "a replay carries the same jti, to be refused by the caller as long as it is usable")
    void aReplayCanBeTold() {
        String token = house.provider.logoutToken(ProviderHouse.CLIENT_ID, "ada", null);

        Valid first = valid(token);
        Valid second = valid(token);

        assertThat(second.tokenId()).isEqualTo(first.tokenId());
        assertThat(first.usableUntil())
                .isEqualTo(house.clock.instant().plus(Duration.ofMinutes(11)));
        assertThat(
                        valid(house.provider.logoutToken(ProviderHouse.CLIENT_ID, "ada", null))
                                .tokenId())
                .isNotEqualTo(first.tokenId());
        house.clock.advance(Duration.ofMinutes(11));
        assertThat(house.party.verifyLogoutToken(token)).isInstanceOf(Invalid.class);
    }

    private Valid valid(String token) {
        return switch (house.party.verifyLogoutToken(token)) {
            case Valid valid -> valid;
            case Invalid invalid -> throw new AssertionError(invalid);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c.d.e", "e30.e30.e30", "\u0000", "=.=.="})
    void whatIsNoTokenIsRefusedWithoutAskingForKeys(String text) {
        assertThat(house.party.verifyLogoutToken(text)).isInstanceOf(Invalid.class);
        assertThat(house.count(Endpoint.JWKS)).isZero();
    }

    @Test
    void aTokenThatCannotBeJudgedIsNeitherValidNorInvalid() {
        String token = house.provider.logoutToken(ProviderHouse.CLIENT_ID, "ada", null);
        house.provider.goAway();

        assertThatThrownBy(() -> house.party.verifyLogoutToken(token))
                .isInstanceOf(OpenIdProviderUnavailable.class);
    }
}
