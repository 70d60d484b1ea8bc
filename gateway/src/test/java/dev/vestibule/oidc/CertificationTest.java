package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.http.Parameters;
import dev.vestibule.oidc.LogoutTokenResult.LogoutTarget;
import dev.vestibule.oidc.SignInResult.Rejected;
import dev.vestibule.oidc.SignInResult.Verified;
import dev.vestibule.testhouse.openid.CallbackLie;
import dev.vestibule.testhouse.openid.ClaimLie;
import dev.vestibule.testhouse.openid.DiscoveryLie;
import dev.vestibule.testhouse.openid.EndSessionLie;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.Lie;
import dev.vestibule.testhouse.openid.LogoutLie;
import dev.vestibule.testhouse.openid.OldKey;
import dev.vestibule.testhouse.openid.ProviderOptions.Feature;
import dev.vestibule.testhouse.openid.SignatureLie;
import dev.vestibule.testhouse.openid.TokenLie;
import dev.vestibule.testhouse.openid.UserInfoLie;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.util.stream.Stream;

/// What the OpenID certification expects of a relying party, one test for each of its rows.
class CertificationTest {

    private ProviderHouse house = new ProviderHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private void moveTo(ProviderHouse other) {
        house.close();
        house = other;
    }

    @Test
    @DisplayName("correct code flow: authorize with openid, token, userinfo (OIDC Core 3.1)")
    void aCorrectFlowAuthorizesRedeemsAndAsksUserInfo() {
        moveTo(ProviderHouse.with(options -> options.without(Feature.CLAIMS_IN_ID_TOKEN)));

        VerifiedIdentity identity = house.signedIn();

        assertThat(identity.subject())
                .isEqualTo(new Subject(new Issuer(house.provider.issuer().toString()), "ada"));
        assertThat(identity.displayName()).isEqualTo("Ada Lovelace");
        assertThat(identity.groups()).containsExactlyInAnyOrder("family", "admins");
        assertThat(house.provider.requests(Endpoint.AUTHORIZE))
                .singleElement()
                .satisfies(
                        request ->
                                assertThat(request.parameter("scope"))
                                        .hasValueSatisfying(
                                                scope -> assertThat(scope).contains("openid")));
        assertThat(house.count(Endpoint.TOKEN)).isEqualTo(1);
        assertThat(house.count(Endpoint.USER_INFO)).isEqualTo(1);
    }

    static Stream<Arguments> idTokensToRefuse() {
        return Stream.of(
                arguments(ClaimLie.WRONG_ISSUER, RejectionReason.ISSUER_MISMATCH),
                arguments(ClaimLie.MISSING_SUBJECT, RejectionReason.SUBJECT_MISSING),
                arguments(ClaimLie.WRONG_AUDIENCE, RejectionReason.AUDIENCE_MISMATCH),
                arguments(ClaimLie.MISSING_ISSUED_AT, RejectionReason.ISSUED_AT),
                arguments(ClaimLie.WRONG_NONCE, RejectionReason.NONCE_MISMATCH),
                arguments(SignatureLie.CORRUPTED, RejectionReason.SIGNATURE_INVALID),
                arguments(SignatureLie.ALG_NONE, RejectionReason.ALGORITHM_NOT_ALLOWED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("idTokensToRefuse")
    @DisplayName("wrong ID token: refused, and no userinfo request (OIDC Core 3.1.3.7)")
    void aWrongIdTokenIsRefusedAndUserInfoIsNotAsked(Lie lie, RejectionReason reason) {
        moveTo(ProviderHouse.configured(config -> config.userInfo = UserInfoUse.ALWAYS));
        house.provider.lie(lie);

        SignInResult result = house.signIn();

        assertThat(result)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
        assertThat(house.count(Endpoint.USER_INFO)).isZero();
    }

    @Test
    @DisplayName("no kid, one key in the JWKS: accepted (OIDC Core 10.1)")
    void aTokenWithoutKeyIdIsAcceptedWhereThereIsOneKey() {
        house.provider.lie(SignatureLie.NO_KID_ONE_KEY);

        assertThat(house.signIn()).isInstanceOf(Verified.class);
    }

    @Test
    @DisplayName("no kid, several candidate keys: the candidates are tried (OIDC Core 10.1)")
    void aTokenWithoutKeyIdIsTriedAgainstSeveralKeys() {
        house.provider.lie(SignatureLie.NO_KID_SEVERAL_KEYS);

        assertThat(house.signIn()).isInstanceOf(Verified.class);
    }

    @Test
    @DisplayName("userinfo sub differs: refused (OIDC Core 5.3.2)")
    void userInfoAboutAnotherPersonIsRefused() {
        moveTo(ProviderHouse.configured(config -> config.userInfo = UserInfoUse.ALWAYS));
        house.provider.lie(UserInfoLie.OTHER_SUBJECT);

        assertThat(house.signIn())
                .isEqualTo(
                        new Rejected(
                                RejectionReason.USER_INFO_SUBJECT,
                                "UserInfo is about another person"));
    }

    @Test
    @DisplayName("discovery's issuer differs from the configured one: stop (OIDC Discovery 4.3)")
    void aDiscoveryDocumentOfAnotherIssuerStopsEverything() {
        house.provider.lie(DiscoveryLie.OTHER_ISSUER);

        assertThatThrownBy(house::begin)
                .isInstanceOf(OpenIdProviderMisconfigured.class)
                .hasMessageContaining("https://other-provider.invalid")
                .hasMessageContaining(house.provider.issuer().toString());
        assertThat(house.provider.requests())
                .extracting(request -> request.endpoint())
                .containsOnly(Endpoint.DISCOVERY);
    }

    @Test
    @DisplayName("keys rotated between discovery and signing: refetched at once (OIDC Core 10.1.1)")
    void keysThatChangedSinceTheyWereFetchedAreFetchedAgainAtOnce() {
        String early = house.provider.logoutToken(ProviderHouse.CLIENT_ID, "ada", null);
        assertThat(house.party.verifyLogoutToken(early))
                .isInstanceOf(LogoutTokenResult.Valid.class);
        assertThat(house.count(Endpoint.JWKS)).isEqualTo(1);
        house.provider.rotateKeys(OldKey.DROPPED);

        assertThat(house.signIn()).isInstanceOf(Verified.class);
        assertThat(house.count(Endpoint.JWKS)).isEqualTo(2);
    }

    @Test
    @DisplayName("keys rotated between two logins: refetched at once (OIDC Core 10.1.1)")
    void keysThatChangedBetweenTwoSignInsAreFetchedAgainAtOnce() {
        assertThat(house.signIn()).isInstanceOf(Verified.class);
        house.provider.rotateKeys();

        assertThat(house.signIn()).isInstanceOf(Verified.class);
        assertThat(house.count(Endpoint.JWKS)).isEqualTo(2);
    }

    @Test
    @DisplayName("client_secret_basic: id and secret form-urlencoded inside Basic (RFC 6749 2.3.1)")
    void basicAuthenticationEncodesItsParts() {
        assertThat(house.signIn()).isInstanceOf(Verified.class);

        // Base64 of vestibule:s%3Ae%25c%2Br%26t+%C3%BC
        assertThat(house.provider.requests(Endpoint.TOKEN))
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.header("authorization"))
                                    .contains(
                                            "Basic dmVzdGlidWxlOnMlM0FlJTI1YyUy"
                                                    + "QnIlMjZ0KyVDMyVCQw==");
                            assertThat(request.parameter("client_secret")).isEmpty();
                        });
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenLie.class,
            mode = Mode.MATCH_ANY,
            names = "REFRESH_OTHER_(ISSUER|SUBJECT|AUDIENCE)")
    @DisplayName("refresh answer with another iss, sub or aud: refused (OIDC Core 12.2)")
    void aRefreshAnswerAboutSomebodyElseIsAMismatch(TokenLie lie) {
        VerifiedIdentity identity = house.signedIn();
        house.provider.lie(lie);

        RefreshedProof proof =
                house.party.refresh(offered(identity).refreshToken(), identity.subject());

        RejectionReason reason =
                switch (lie) {
                    case REFRESH_OTHER_ISSUER -> RejectionReason.ISSUER_MISMATCH;
                    case REFRESH_OTHER_SUBJECT -> RejectionReason.SUBJECT_MISMATCH;
                    default -> RejectionReason.AUDIENCE_MISMATCH; // the names above are all
                };
        assertThat(proof)
                .isInstanceOfSatisfying(
                        RefreshedProof.Mismatch.class,
                        mismatch -> assertThat(mismatch.reason()).isEqualTo(reason));
    }

    private static LivenessProof.Offered offered(VerifiedIdentity identity) {
        return switch (identity.livenessProof()) {
            case LivenessProof.Offered offered -> offered;
            case LivenessProof.Missing none -> throw new AssertionError(none);
            case LivenessProof.NotOffered none -> throw new AssertionError(none);
        };
    }

    @Test
    @DisplayName("logout token, valid: accepted (Back-Channel Logout 2.6)")
    void aValidLogoutTokenNamesWhatToEnd() {
        Subject ada = new Subject(house.party.issuer(), "ada");
        String both = house.provider.logoutToken(ProviderHouse.CLIENT_ID, "ada", "session-1");
        String person = house.provider.logoutToken(ProviderHouse.CLIENT_ID, "ada", null);
        String session = house.provider.logoutToken(ProviderHouse.CLIENT_ID, null, "session-1");

        assertThat(targetOf(both)).isEqualTo(new LogoutTarget.SessionOf(ada, "session-1"));
        assertThat(targetOf(person)).isEqualTo(new LogoutTarget.EverySessionOf(ada));
        assertThat(targetOf(session))
                .isEqualTo(new LogoutTarget.OneSession(house.party.issuer(), "session-1"));
    }

    private LogoutTarget targetOf(String logoutToken) {
        return switch (house.party.verifyLogoutToken(logoutToken)) {
            case LogoutTokenResult.Valid(var target, var _, var _) -> target;
            case LogoutTokenResult.Invalid invalid -> throw new AssertionError(invalid);
        };
    }

    static Stream<Arguments> logoutTokensToRefuse() {
        return Stream.of(
                arguments(LogoutLie.ALG_NONE, RejectionReason.ALGORITHM_NOT_ALLOWED),
                arguments(
                        LogoutLie.HS256_WITH_CLIENT_SECRET, RejectionReason.ALGORITHM_NOT_ALLOWED),
                arguments(LogoutLie.WRONG_AUDIENCE, RejectionReason.AUDIENCE_MISMATCH),
                arguments(LogoutLie.WRONG_ISSUER, RejectionReason.ISSUER_MISMATCH),
                arguments(LogoutLie.NO_EVENTS, RejectionReason.LOGOUT_EVENT),
                arguments(LogoutLie.OTHER_EVENT, RejectionReason.LOGOUT_EVENT),
                arguments(LogoutLie.EVENT_NOT_AN_OBJECT, RejectionReason.LOGOUT_EVENT),
                arguments(LogoutLie.WITH_NONCE, RejectionReason.LOGOUT_NONCE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logoutTokensToRefuse")
    @DisplayName("logout token, alg/aud/iss/event/nonce wrong: refused (Back-Channel Logout 2.6)")
    void aWrongLogoutTokenIsRefused(LogoutLie lie, RejectionReason reason) {
        String token = house.provider.logoutToken(ProviderHouse.CLIENT_ID, "ada", "sid", lie);

        assertThat(house.party.verifyLogoutToken(token))
                .isInstanceOfSatisfying(
                        LogoutTokenResult.Invalid.class,
                        invalid -> assertThat(invalid.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @EnumSource(names = {"OTHER_STATE", "NO_STATE"})
    @DisplayName("post-logout redirect with another state, or none: no error (RP-Initiated 3)")
    void aReturnFromLogoutWithAnotherStateIsNoError(EndSessionLie lie) {
        RpInitiatedLogout honest = house.party.logout(ProviderHouse.SIGNED_OUT).orElseThrow();
        assertThat(honest.isAnsweredBy(returnedFrom(honest.location()))).isTrue();
        house.provider.lie(lie);
        RpInitiatedLogout odd = house.party.logout(ProviderHouse.SIGNED_OUT).orElseThrow();

        assertThat(odd.isAnsweredBy(returnedFrom(odd.location()))).isFalse();
    }

    private AuthorizationResponseParameters returnedFrom(URI logout) {
        URI back = ProviderHouse.location(house.get(logout));
        assertThat(back.toString()).startsWith(ProviderHouse.SIGNED_OUT.toString());
        return new AuthorizationResponseParameters(ProviderHouse.queryOf(back));
    }

    @Test
    @DisplayName("response_mode form_post: never asked for (Form Post Response Mode 2)")
    void aFormPostIsNeverAskedFor() {
        assertThat(ProviderHouse.queryOf(house.begin().location()).values("response_mode"))
                .isEmpty();
    }

    @Test
    @DisplayName("response_mode form_post: a posted answer is read all the same")
    void aPostedAnswerIsReadLikeAQuery() {
        house.provider.lie(CallbackLie.OTHER_RESPONSE_MODE);

        assertThat(house.signIn()).isInstanceOf(Verified.class);
    }

    @Test
    @DisplayName("response_mode form_post: a posted error is read all the same")
    void aPostedErrorIsReadLikeAQuery() {
        PendingSignIn pending = house.begin().pending();
        String body =
                "error=access_denied&state="
                        + pending.state().value().reveal()
                        + "&iss="
                        + house.provider.issuer();

        assertThat(
                        house.party.complete(
                                new AuthorizationResponseParameters(Parameters.parse(body)),
                                pending))
                .isEqualTo(new SignInResult.RefusedByProvider("access_denied"));
        assertThat(house.count(Endpoint.TOKEN)).isZero();
    }
}
