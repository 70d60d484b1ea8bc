package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.vestibule.config.UserInfoUse;
import dev.vestibule.http.Parameters;
import dev.vestibule.oidc.SignInResult.RefusedByProvider;
import dev.vestibule.oidc.SignInResult.Rejected;
import dev.vestibule.oidc.SignInResult.Verified;
import dev.vestibule.testhouse.openid.CallbackLie;
import dev.vestibule.testhouse.openid.DiscoveryLie;
import dev.vestibule.testhouse.openid.EndSessionLie;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.Lie;
import dev.vestibule.testhouse.openid.UserInfoLie;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A provider that lies, in every way that the scripted one knows, and what a sign-in makes of it.
class HostileProviderTest {

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

    /// Lies about refreshing and logging out are told after the sign-in and have their own tests.
    static Stream<Lie> liesAboutSignIn() {
        return Lie.all().stream()
                .filter(lie -> !(lie instanceof EndSessionLie))
                .filter(lie -> !lie.toString().startsWith("REFRESH_"));
    }

    @ParameterizedTest
    @MethodSource("liesAboutSignIn")
    void noLieLetsAnybodyInOrLeadsUsAstray(Lie lie) {
        house.provider.lie(lie);

        boolean isIn = isLetIn(lie);

        switch (lie.verdict()) {
            case REFUSE -> assertThat(isIn).isFalse();
            case ACCEPT -> assertThat(isIn).isTrue();
            case EITHER -> {} // what matters is below, and in the tests of the single lies
        }
        assertThat(house.count(Endpoint.ELSEWHERE)).isZero();
    }

    private boolean isLetIn(Lie lie) {
        try (OpenIdProvider party =
                house.newParty(config -> config.userInfo = UserInfoUse.ALWAYS, patienceFor(lie))) {
            return house.signIn(party, Prompt.AS_NEEDED) instanceof Verified;
        } catch (OpenIdProviderProblem problem) {
            assertThat(problem).hasMessageStartingWith("The ");
            return false;
        }
    }

    /// Waiting for an answer that drips shows nothing that a short wait does not show.
    private static Duration patienceFor(Lie lie) {
        return lie.toString().equals("SLOW") ? Duration.ofSeconds(1) : ProviderHouse.PATIENCE;
    }

    static Stream<Arguments> refusedAnswers() {
        return Stream.of(
                arguments(CallbackLie.MISSING_ISSUER, RejectionReason.RESPONSE_ISSUER_MISSING),
                arguments(CallbackLie.WRONG_ISSUER, RejectionReason.RESPONSE_ISSUER_MISMATCH),
                arguments(CallbackLie.STATE_ALTERED, RejectionReason.STATE_MISMATCH),
                arguments(CallbackLie.STATE_MISSING, RejectionReason.STATE_MISMATCH),
                arguments(CallbackLie.CODE_AND_ERROR, RejectionReason.CODE_AND_ERROR),
                arguments(CallbackLie.CODE_TWICE, RejectionReason.DUPLICATE_PARAMETER),
                arguments(CallbackLie.STATE_TWICE, RejectionReason.DUPLICATE_PARAMETER),
                arguments(CallbackLie.NO_CODE, RejectionReason.CODE_MISSING),
                arguments(CallbackLie.FRAGMENT, RejectionReason.STATE_MISMATCH));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedAnswers")
    @DisplayName("D1, D6, D19: an answer that is not ours causes no token request")
    void anAnswerThatIsNotOursCausesNoTokenRequest(CallbackLie lie, RejectionReason reason) {
        house.provider.lie(lie);

        assertRejected(house.signIn(), reason);
        assertThat(house.count(Endpoint.TOKEN)).isZero();
    }

    private static void assertRejected(SignInResult result, RejectionReason reason) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    @Test
    @DisplayName("D5: a code that was used is refused")
    void aReplayedCodeIsRefused() {
        AuthorizationStart start = house.begin();
        AuthorizationResponseParameters answer = house.walk(start);
        assertThat(house.party.complete(answer, start.pending())).isInstanceOf(Verified.class);

        assertRejected(house.party.complete(answer, start.pending()), RejectionReason.CODE_REFUSED);
    }

    @Test
    @DisplayName("D5: a code of another sign-in fails at PKCE")
    void anInjectedCodeIsRefused() {
        AuthorizationResponseParameters stolen = house.walk(house.begin());
        PendingSignIn mine = house.begin().pending();
        String injected =
                "code="
                        + stolen.single("code").orElseThrow()
                        + "&state="
                        + mine.state().value().reveal()
                        + "&iss="
                        + house.provider.issuer();

        assertRejected(
                house.party.complete(
                        new AuthorizationResponseParameters(Parameters.parse(injected)), mine),
                RejectionReason.CODE_REFUSED);
    }

    @Test
    @DisplayName("D6: the answer of a sign-in that began at another provider is refused unasked")
    void anAnswerAtTheCallbackOfAnotherProviderIsRefused() {
        try (ProviderHouse other = new ProviderHouse()) {
            AuthorizationStart start = house.begin();
            AuthorizationResponseParameters answer = house.walk(start);

            assertRejected(
                    other.party.complete(answer, start.pending()), RejectionReason.OTHER_PROVIDER);
            assertThat(other.count(Endpoint.TOKEN)).isZero();
        }
    }

    @Test
    @DisplayName(
            "D4: PKCE with S256 is always sent, and the verifier never before the token request")
    void pkceIsAlwaysSent() {
        AuthorizationStart start = house.begin();
        Parameters sent = ProviderHouse.queryOf(start.location());

        assertThat(sent.values("code_challenge_method")).containsExactly("S256");
        assertThat(sent.values("code_challenge")).hasSize(1);
        assertThat(start.location().toString())
                .doesNotContain(start.pending().codeVerifier().value().reveal());
    }

    @Test
    @DisplayName("D17, D18: claims of the ID token win, groups have one source")
    void claimsOfTheIdTokenWin() {
        house.provider.lie(UserInfoLie.CONFLICTING_CLAIMS);

        VerifiedIdentity identity = house.signedIn();

        assertThat(identity.displayName()).isEqualTo("Ada Lovelace");
        assertThat(identity.username()).isEqualTo("ada");
        assertThat(identity.groups()).containsExactlyInAnyOrder("family", "admins");
    }

    @Test
    @DisplayName("D19: an error of the provider is passed on as a code, without its text")
    void anErrorWithScriptIsPassedOnAsACodeOnly() {
        house.provider.lie(CallbackLie.ERROR_WITH_SCRIPT);

        assertThat(house.signIn()).isEqualTo(new RefusedByProvider("access_denied"));
    }

    @Test
    @DisplayName("D19: an error code with markup is unreadable")
    void anErrorCodeWithMarkupIsUnreadable() {
        PendingSignIn pending = house.begin().pending();
        String query =
                "error=%3Cscript%3E&state="
                        + pending.state().value().reveal()
                        + "&iss="
                        + house.provider.issuer();

        assertThat(
                        house.party.complete(
                                new AuthorizationResponseParameters(Parameters.parse(query)),
                                pending))
                .isEqualTo(new RefusedByProvider("unreadable"));
    }

    @Test
    @DisplayName("D20: what we put into the address cannot add a parameter to it")
    void nothingCanBeInjectedIntoTheAddress() {
        moveTo(
                ProviderHouse.configured(
                        config -> config.requiredAcr = List.of("x&redirect_uri=http://evil")));

        Parameters sent = ProviderHouse.queryOf(house.begin().location());

        assertThat(sent.values("redirect_uri")).containsExactly(ProviderHouse.CALLBACK.toString());
        assertThat(sent.values("acr_values")).containsExactly("x&redirect_uri=http://evil");
    }

    @ParameterizedTest
    @EnumSource(names = {"HUGE", "GZIP_BOMB", "REDIRECT", "HTML", "SERVER_ERROR", "KEYS_TWICE"})
    @DisplayName("D12: a discovery document beyond the limits counts as no answer")
    void aDiscoveryDocumentBeyondTheLimitsIsNoAnswer(DiscoveryLie lie) {
        house.provider.lie(lie);

        assertThatThrownBy(house::begin).isInstanceOf(OpenIdProviderUnavailable.class);
    }

    @Test
    @DisplayName("D12: an answer that drips is not waited for beyond the limit")
    void anAnswerThatDripsIsNotWaitedFor() {
        house.provider.lie(DiscoveryLie.SLOW);
        try (OpenIdProvider party = house.newParty(_ -> {}, Duration.ofMillis(200))) {
            assertThatThrownBy(party::probe)
                    .isInstanceOf(OpenIdProviderUnavailable.class)
                    .hasMessageContaining("did not answer within 200 ms");
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "OTHER_ISSUER",
                "ISSUER_WITH_SLASH",
                "MISSING_ISSUER",
                "FILE_ENDPOINTS",
                "CLOUD_METADATA_ENDPOINTS"
            })
    @DisplayName("D13, D14: a discovery document that is wrong is a mistake to be told about")
    void aWrongDiscoveryDocumentIsToldToTheOperator(DiscoveryLie lie) {
        house.provider.lie(lie);

        assertThatThrownBy(house::begin)
                .isInstanceOf(OpenIdProviderMisconfigured.class)
                .hasMessageContaining("home");
    }

    @Test
    @DisplayName("D13: a trailing slash is another issuer, and a path is no obstacle")
    void anIssuerWithAPathIsFoundAndComparedExactly() {
        moveTo(ProviderHouse.with(options -> options.withPath("/application/o/home/")));
        assertThat(house.signIn()).isInstanceOf(Verified.class);

        URI issuer = house.provider.issuer();
        String bare = issuer.toString().substring(0, issuer.toString().length() - 1);
        try (OpenIdProvider party = house.newParty(config -> config.issuer = URI.create(bare))) {
            assertThatThrownBy(() -> party.begin(ProviderHouse.CALLBACK, Prompt.AS_NEEDED))
                    .isInstanceOf(OpenIdProviderMisconfigured.class)
                    .hasMessageContaining("the same to the character");
        }
    }
}
