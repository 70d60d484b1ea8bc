package dev.vestibule.passkey;

import static dev.vestibule.passkey.CeremonyHouse.BROWSER;
import static dev.vestibule.passkey.CeremonyHouse.ORIGIN;
import static dev.vestibule.passkey.CeremonyHouse.SITE;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.passkey.AuthenticationCeremony.Prover;
import dev.vestibule.passkey.AuthenticationCeremony.Result;
import dev.vestibule.passkey.RegistrationCeremony.Enroller;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.testhouse.passkey.AuthenticatorData;
import dev.vestibule.testhouse.passkey.KeyAlgorithm;
import dev.vestibule.testhouse.passkey.Lie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator.Kind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Set;

/// The steps of WebAuthn section 7.2, each with an answer that fails at it and would pass the rest.
class AuthenticationCeremonyTest {

    private final CeremonyHouse house = new CeremonyHouse();
    private final Enroller ada = house.person("ada");
    private final VirtualAuthenticator phone = new VirtualAuthenticator();

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            names = {"ES256", "EDDSA", "RS256"})
    void knowsThePersonByTheirKeyAlone(KeyAlgorithm algorithm) {
        VirtualAuthenticator with = new VirtualAuthenticator(Kind.SYNCED.with(algorithm));
        CredentialRecord passkey = house.enrol(ada, with);
        house.enrol(house.person("bob"), new VirtualAuthenticator());
        house.clock.advance(Duration.ofMinutes(1));

        assertThat(house.signIn(with)).isEqualTo(new Result.Proven(passkey));
        CredentialRecord now = house.credentials.find(passkey.key().id()).orElseThrow();
        assertThat(now.isUsed()).isTrue();
        assertThat(now.lastUsedAt()).isEqualTo(house.clock.instant());
    }

    @Test
    void asksForNoCredentialByName() {
        house.enrol(ada, phone);

        JsonNode options = house.requestOptions();

        assertThat(options.path("allowCredentials")).isEmpty();
        assertThat(options.path("userVerification").textValue()).isEqualTo("required");
        assertThat(options.path("rpId").textValue()).isEqualTo("home.example.org");
    }

    @Test
    @DisplayName("step 6: a passkey that was removed, and one that never was")
    void unknownCredential() {
        CredentialRecord passkey = house.enrol(ada, phone);
        var _ =
                house.store()
                        .database()
                        .inTransaction(
                                tx ->
                                        house.credentials.remove(
                                                tx, ada.account().id(), passkey.id()));

        assertThat(house.signIn(phone))
                .isEqualTo(new Result.Refused(Refusal.UNKNOWN_CREDENTIAL, ""));
    }

    @Test
    @DisplayName("step 6: a passkey that says it is another person's")
    void otherUserHandle() {
        house.enrol(ada, phone);
        String bobs =
                house.creationOptions(house.person("bob")).path("user").path("id").textValue();

        assertRefused(Refusal.USER_HANDLE, inResponse("userHandle", bobs));
    }

    @Test
    @DisplayName("step 6: another person's credential, signed with one's own key")
    void otherPersonsCredential() {
        CredentialRecord adas = house.enrol(ada, phone);
        VirtualAuthenticator eves = new VirtualAuthenticator();
        house.enrol(house.person("eve"), eves);
        String id = adas.key().id().value();
        Lie asAda =
                Lie.inAnswer(
                        answer -> {
                            ((ObjectNode) answer.path("response"))
                                    .put("userHandle", adas.userHandle().value());
                            return answer.put("id", id).put("rawId", id);
                        });

        assertThat(house.signIn(eves, ORIGIN, asAda))
                .isEqualTo(new Result.Refused(Refusal.SIGNATURE, ada.account().id().value()));
    }

    @Test
    @DisplayName("step 6: nobody says who they are")
    void noUserHandle() {
        house.enrol(ada, phone);

        assertRefused(
                Refusal.UNREADABLE,
                Lie.inAnswer(
                        answer -> {
                            ((ObjectNode) answer.path("response")).remove("userHandle");
                            return answer;
                        }));
    }

    @Test
    @DisplayName("step 10: a signature for enrolling")
    void otherType() {
        house.enrol(ada, phone);

        assertRefused(Refusal.TYPE, Lie.saying("type", "webauthn.create"));
    }

    @Test
    @DisplayName("step 11: an answer that was used before")
    void replayed() {
        house.enrol(ada, phone);
        String answer = phone.get(house.requestOptions(), ORIGIN).toString();
        assertThat(house.authentication.finish(SITE, BROWSER, answer))
                .isInstanceOf(Result.Proven.class);

        assertThat(house.authentication.finish(SITE, BROWSER, answer))
                .isEqualTo(new Result.Refused(Refusal.CHALLENGE, ""));
    }

    @Test
    @DisplayName("step 11: a challenge of another browser, of another home, or for enrolling")
    void foreignChallenge() {
        house.enrol(ada, phone);
        JsonNode options = house.requestOptions();
        String answer = phone.get(options, ORIGIN).toString();
        Prover other = new Prover(TokenHash.of("another"), "192.0.2.8");
        PasskeySite otherHome =
                new PasskeySite(
                        new HomeId("lake-house"), SITE.rpId(), SITE.canonical(), SITE.origins());
        ObjectNode forEnrolling = house.requestOptions().deepCopy();
        forEnrolling.set("challenge", house.creationOptions(ada).path("challenge"));

        assertThat(house.authentication.finish(SITE, other, answer))
                .isEqualTo(new Result.Refused(Refusal.CHALLENGE, ""));
        assertThat(house.authentication.finish(otherHome, BROWSER, answer))
                .isEqualTo(new Result.Refused(Refusal.CHALLENGE, ""));
        assertThat(
                        house.authentication.finish(
                                SITE, BROWSER, phone.get(forEnrolling, ORIGIN).toString()))
                .isEqualTo(new Result.Refused(Refusal.CHALLENGE, ""));
        assertThat(house.authentication.finish(SITE, BROWSER, answer))
                .isInstanceOf(Result.Proven.class);
    }

    @Test
    @DisplayName("step 11: an answer that comes after five minutes")
    void oldChallenge() {
        house.enrol(ada, phone);
        String answer = phone.get(house.requestOptions(), ORIGIN).toString();
        house.clock.advance(ChallengeStore.LIFETIME);

        assertThat(house.authentication.finish(SITE, BROWSER, answer))
                .isEqualTo(new Result.Refused(Refusal.CHALLENGE, ""));
    }

    @ParameterizedTest
    @DisplayName("step 12: a page somewhere else")
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://home.example.org.evil.example",
                "https://sub.home.example.org",
                "http://home.example.org",
                "https://home.example.org:8443",
                "https://HOME.example.org",
                "null"
            })
    void otherOrigin(String origin) {
        house.enrol(ada, phone);

        assertThat(house.signIn(phone, origin, Lie.NONE))
                .isEqualTo(new Result.Refused(Refusal.ORIGIN, ""));
    }

    @Test
    @DisplayName("steps 13 and 14: a page in a frame of another site")
    void framed() {
        house.enrol(ada, phone);

        assertRefused(Refusal.CROSS_ORIGIN, Lie.saying("crossOrigin", true));
        assertRefused(Refusal.CROSS_ORIGIN, Lie.saying("topOrigin", "https://evil.example"));
    }

    @Test
    @DisplayName("step 15: signed for another host")
    void otherRpId() {
        house.enrol(ada, phone);

        assertRefused(Refusal.RP_ID, Lie.rpId("evil.example"));
    }

    @Test
    @DisplayName("steps 16 and 17: nobody there, or not checked who")
    void nobodyVerified() {
        house.enrol(ada, phone);

        assertRefused(Refusal.USER_PRESENCE, Lie.clearing(AuthenticatorData.USER_PRESENT));
        assertRefused(Refusal.USER_VERIFICATION, Lie.clearing(AuthenticatorData.USER_VERIFIED));
    }

    @Test
    @DisplayName("steps 18 and 19: what could be copied stays so, and what could not as well")
    void backupFlags() {
        house.enrol(ada, phone);
        VirtualAuthenticator stick = new VirtualAuthenticator(Kind.SECURITY_KEY);
        house.enrol(ada, stick);

        assertRefused(Refusal.BACKUP, Lie.clearing(AuthenticatorData.BACKUP_ELIGIBLE));
        assertRefused(
                Refusal.BACKUP,
                Lie.clearing(AuthenticatorData.BACKUP_ELIGIBLE | AuthenticatorData.BACKED_UP));
        assertThat(house.signIn(stick, ORIGIN, Lie.setting(AuthenticatorData.BACKUP_ELIGIBLE)))
                .isEqualTo(new Result.Refused(Refusal.BACKUP, ada.account().id().value()));
        assertThat(house.signIn(stick, ORIGIN, Lie.setting(AuthenticatorData.BACKED_UP)))
                .isEqualTo(new Result.Refused(Refusal.BACKUP, ada.account().id().value()));
    }

    @Test
    @DisplayName("step 19: whether it is backed up now may change, and is kept")
    void backupState() {
        CredentialRecord passkey = house.enrol(ada, phone);

        assertThat(house.signIn(phone, ORIGIN, Lie.clearing(AuthenticatorData.BACKED_UP)))
                .isInstanceOf(Result.Proven.class);
        assertThat(house.credentials.find(passkey.key().id()).orElseThrow().key().isBackedUp())
                .isFalse();
        assertThat(house.signIn(phone)).isInstanceOf(Result.Proven.class);
    }

    @Test
    @DisplayName("step 21: a signature of another key, and one of something else")
    void badSignature() {
        house.enrol(ada, phone);

        assertRefused(Refusal.SIGNATURE, inResponse("signature", "AAAA"));
        String other =
                phone.get(house.requestOptions(), ORIGIN)
                        .path("response")
                        .path("signature")
                        .textValue();
        assertRefused(Refusal.SIGNATURE, inResponse("signature", other));
    }

    @Test
    @DisplayName("step 22: a count that went back, stood still, or vanished, is a copy's")
    void signCount() {
        VirtualAuthenticator stick = new VirtualAuthenticator(Kind.SECURITY_KEY);
        house.enrol(ada, stick);
        assertThat(house.signIn(stick, ORIGIN, Lie.signCount(7))).isInstanceOf(Result.Proven.class);

        for (long count : new long[] {0, 3, 7}) {
            assertThat(house.signIn(stick, ORIGIN, Lie.signCount(count)))
                    .isEqualTo(new Result.Refused(Refusal.SIGN_COUNT, ada.account().id().value()));
        }
        assertThat(house.kindsInAudit())
                .containsExactlyInAnyOrder(
                        "PasskeyPerhapsCopied",
                        "PasskeyPerhapsCopied",
                        "PasskeyPerhapsCopied",
                        "PasskeyAdded");
        assertThat(house.signIn(stick, ORIGIN, Lie.signCount(4_000_000_000L)))
                .as("of 32 bits, unsigned")
                .isInstanceOf(Result.Proven.class);
    }

    @Test
    @DisplayName("step 22: what does not count says 0 for ever")
    void doesNotCount() {
        house.enrol(ada, phone);

        assertThat(house.signIn(phone)).isInstanceOf(Result.Proven.class);
        assertThat(house.signIn(phone)).isInstanceOf(Result.Proven.class);
    }

    @Test
    void aForgedCountRaisesNoAlarm() {
        VirtualAuthenticator stick = new VirtualAuthenticator(Kind.SECURITY_KEY);
        house.enrol(ada, stick);
        Lie forged =
                new Lie(
                        Lie.NONE.clientData(),
                        data -> data.withSignCount(0),
                        Lie.NONE.attestationObject(),
                        inResponse("signature", "AAAA").answer());

        assertThat(house.signIn(stick, ORIGIN, forged))
                .isEqualTo(new Result.Refused(Refusal.SIGNATURE, ada.account().id().value()));
        assertThat(house.kindsInAudit()).containsExactly("PasskeyAdded");
    }

    @Test
    void aPasskeyOfAnAddressThatTheHomeHadBeforeIsNamedAsSuch() {
        house.enrol(ada, phone);
        PasskeySite moved =
                new PasskeySite(
                        SITE.home(),
                        new RpId("new.example.org"),
                        Origin.parse("https://new.example.org").orElseThrow(),
                        Set.of(Origin.parse("https://new.example.org").orElseThrow()));
        ObjectNode options = house.requestOptions().deepCopy();
        options.set(
                "challenge",
                house.authentication.begin(moved, BROWSER).orElseThrow().path("challenge"));
        String answer = phone.get(options, "https://new.example.org").toString();

        assertThat(house.authentication.finish(moved, BROWSER, answer))
                .isEqualTo(new Result.Refused(Refusal.OTHER_ADDRESS, ada.account().id().value()));
    }

    @Test
    void aKeyInTheAnswerOfASignInIsRefused() {
        house.enrol(ada, phone);

        assertRefused(
                Refusal.UNREADABLE,
                Lie.inAuthenticatorData(
                        data ->
                                data.withFlags(data.flags() | AuthenticatorData.HAS_KEY)
                                        .withCredentialId("abcd")
                                        .withKeyMember(1, 2)));
        assertRefused(Refusal.UNREADABLE, Lie.inAuthenticatorData(data -> data.withTrailing("00")));
        assertRefused(
                Refusal.UNREADABLE,
                Lie.inAuthenticatorData(data -> data.withTrailing("00".repeat(4000))));
    }

    @Test
    void idsAndTypesThatDoNotAgreeAreRefused() {
        house.enrol(ada, phone);

        assertRefused(Refusal.UNREADABLE, Lie.inAnswer(answer -> answer.put("rawId", "AAAA")));
        assertRefused(Refusal.UNREADABLE, Lie.inAnswer(answer -> answer.put("type", "password")));
        assertRefused(
                Refusal.UNREADABLE,
                Lie.inAnswer(answer -> answer.put("id", answer.path("id").textValue() + "=")));
    }

    @Test
    void onlySoManyChallengesAreOpenAtOnce() {
        for (int i = 0; i < 50; i++) {
            assertThat(house.authentication.begin(SITE, BROWSER)).isPresent();
        }

        assertThat(house.authentication.begin(SITE, BROWSER)).isEmpty();
        house.clock.advance(ChallengeStore.LIFETIME);
        assertThat(house.challenges.sweep()).isEqualTo(50);
        assertThat(house.authentication.begin(SITE, BROWSER)).isPresent();
    }

    private static Lie inResponse(String name, String value) {
        return Lie.inAnswer(
                answer -> {
                    ((ObjectNode) answer.path("response")).put(name, value);
                    return answer;
                });
    }

    private void assertRefused(Refusal reason, Lie lie) {
        Result result = house.signIn(phone, ORIGIN, lie);

        assertThat(result).isInstanceOf(Result.Refused.class);
        assertThat(((Result.Refused) result).reason()).isEqualTo(reason);
    }
}
