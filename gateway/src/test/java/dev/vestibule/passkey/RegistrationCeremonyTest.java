package dev.vestibule.passkey;

import static dev.vestibule.passkey.CeremonyHouse.ORIGIN;
import static dev.vestibule.passkey.CeremonyHouse.SITE;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.HomeId;
import dev.vestibule.passkey.RegistrationCeremony.Enroller;
import dev.vestibule.session.SessionId;
import dev.vestibule.testhouse.passkey.AuthenticatorData;
import dev.vestibule.testhouse.passkey.KeyAlgorithm;
import dev.vestibule.testhouse.passkey.Lie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The steps of WebAuthn section 7.1, each with an answer that fails at it and would pass the rest.
class RegistrationCeremonyTest {

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
    void keepsAKeyOfEveryKindThatIsAskedFor(KeyAlgorithm algorithm) {
        VirtualAuthenticator with =
                new VirtualAuthenticator(VirtualAuthenticator.Kind.SYNCED.with(algorithm));

        CredentialRecord passkey = house.enrol(ada, with);

        assertThat(passkey.account()).isEqualTo(ada.account().id());
        assertThat(passkey.rpId()).isEqualTo(SITE.rpId());
        assertThat(passkey.name()).isEqualTo("phone");
        assertThat(passkey.transports()).containsExactly("internal", "hybrid");
        assertThat(passkey.key().isBackupEligible()).isTrue();
        assertThat(passkey.key().isBackedUp()).isTrue();
        assertThat(passkey.isUsed()).isFalse();
        assertThat(house.credentials.allOf(ada.account().id())).containsExactly(passkey);
        assertThat(house.kindsInAudit()).containsExactly("PasskeyAdded");
    }

    @Test
    void asksForADiscoverableKeyOfAVerifiedPersonAndNoAttestation() {
        JsonNode options = house.creationOptions(ada);

        assertThat(options.path("rp").path("id").textValue()).isEqualTo("home.example.org");
        assertThat(options.path("attestation").textValue()).isEqualTo("none");
        JsonNode selection = options.path("authenticatorSelection");
        assertThat(selection.path("residentKey").textValue()).isEqualTo("required");
        assertThat(selection.path("userVerification").textValue()).isEqualTo("required");
        assertThat(options.path("pubKeyCredParams").findValuesAsText("alg"))
                .containsExactly("-8", "-7", "-257");
        assertThat(Base64.getUrlDecoder().decode(options.path("challenge").textValue()))
                .hasSize(32);
    }

    @Test
    void namesThePersonByARandomHandleThatStaysTheirs() {
        String first = house.creationOptions(ada).path("user").path("id").textValue();
        String second = house.creationOptions(ada).path("user").path("id").textValue();
        String others =
                house.creationOptions(house.person("bob")).path("user").path("id").textValue();

        assertThat(second).isEqualTo(first);
        assertThat(others).isNotEqualTo(first);
        assertThat(new String(Base64.getUrlDecoder().decode(first), StandardCharsets.UTF_8))
                .doesNotContain(ada.account().id().value());
    }

    @Test
    void doesNotAskTheSameAuthenticatorTwice() {
        CredentialRecord passkey = house.enrol(ada, phone);

        JsonNode excluded = house.creationOptions(ada).path("excludeCredentials");

        assertThat(excluded.findValuesAsText("id")).containsExactly(passkey.key().id().value());
    }

    @Test
    @DisplayName("step 7: a signature for signing in enrols nothing")
    void otherType() {
        assertRefused(Refusal.TYPE, Lie.saying("type", "webauthn.get"));
    }

    @Test
    @DisplayName("step 8: a challenge that nobody gave")
    void madeUpChallenge() {
        assertRefused(
                Refusal.CHALLENGE,
                Lie.saying("challenge", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    }

    @Test
    @DisplayName("step 8: an answer that was used before")
    void usedChallenge() {
        String answer = phone.create(house.creationOptions(ada), ORIGIN).toString();
        CeremonyHouse.accepted(house.registration.finish(SITE, ada, "phone", answer));

        assertThat(house.registration.finish(SITE, ada, "phone", answer))
                .isEqualTo(new Verified.Refused<>(Refusal.CHALLENGE));
    }

    @Test
    @DisplayName("step 8: an answer that was refused cannot be mended")
    void spentChallenge() {
        JsonNode options = house.creationOptions(ada);
        var bad = phone.create(options, "https://evil.example");
        assertThat(house.registration.finish(SITE, ada, "phone", bad.toString()))
                .isEqualTo(new Verified.Refused<>(Refusal.ORIGIN));

        assertThat(
                        house.registration.finish(
                                SITE, ada, "phone", phone.create(options, ORIGIN).toString()))
                .isEqualTo(new Verified.Refused<>(Refusal.CHALLENGE));
    }

    @Test
    @DisplayName("step 8: an answer that comes after five minutes")
    void oldChallenge() {
        String answer = phone.create(house.creationOptions(ada), ORIGIN).toString();
        house.clock.advance(ChallengeStore.LIFETIME);

        assertThat(house.registration.finish(SITE, ada, "phone", answer))
                .isEqualTo(new Verified.Refused<>(Refusal.CHALLENGE));
    }

    @Test
    @DisplayName("step 8: another session's challenge, and another home's")
    void foreignChallenge() {
        String answer = phone.create(house.creationOptions(ada), ORIGIN).toString();
        Enroller elsewhere =
                new Enroller(
                        ada.account(),
                        new SessionId("another-browser"),
                        ada.address(),
                        ada.device(),
                        ada.browser());
        PasskeySite otherHome =
                new PasskeySite(
                        new HomeId("lake-house"), SITE.rpId(), SITE.canonical(), SITE.origins());

        assertThat(house.registration.finish(SITE, house.person("eve"), "phone", answer))
                .isEqualTo(new Verified.Refused<>(Refusal.CHALLENGE));
        assertThat(house.registration.finish(SITE, elsewhere, "phone", answer))
                .isEqualTo(new Verified.Refused<>(Refusal.CHALLENGE));
        assertThat(house.registration.finish(otherHome, ada, "phone", answer))
                .isEqualTo(new Verified.Refused<>(Refusal.CHALLENGE));
        CeremonyHouse.accepted(house.registration.finish(SITE, ada, "phone", answer));
    }

    @Test
    @DisplayName("step 8: a challenge that was given for signing in")
    void challengeForSigningIn() {
        ObjectNode options = (ObjectNode) house.creationOptions(ada);
        options.set("challenge", house.requestOptions().path("challenge"));

        assertThat(
                        house.registration.finish(
                                SITE, ada, "phone", phone.create(options, ORIGIN).toString()))
                .isEqualTo(new Verified.Refused<>(Refusal.CHALLENGE));
    }

    @ParameterizedTest
    @DisplayName("step 9: a page somewhere else")
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://home.example.org.evil.example",
                "https://sub.home.example.org",
                "https://example.org",
                "http://home.example.org",
                "https://home.example.org:8443",
                "https://home.example.org/",
                "https://HOME.example.org",
                "https://home.example.org:443",
                "https://user@home.example.org",
                "null",
                ""
            })
    void otherOrigin(String origin) {
        assertThat(house.enrol(ada, phone, origin, Lie.NONE))
                .isEqualTo(new Verified.Refused<>(Refusal.ORIGIN));
        assertNothingKept();
    }

    @Test
    @DisplayName("steps 10 and 11: a page in a frame of another site")
    void framed() {
        assertRefused(Refusal.CROSS_ORIGIN, Lie.saying("crossOrigin", true));
        assertRefused(Refusal.CROSS_ORIGIN, Lie.saying("crossOrigin", "false"));
        assertRefused(Refusal.CROSS_ORIGIN, Lie.saying("topOrigin", "https://evil.example"));
        assertRefused(Refusal.CROSS_ORIGIN, Lie.saying("topOrigin", ORIGIN));
    }

    @ParameterizedTest
    @DisplayName("step 14: a key for another host")
    @ValueSource(strings = {"evil.example", "example.org", "sub.home.example.org", ""})
    void otherRpId(String rpId) {
        assertRefused(Refusal.RP_ID, Lie.rpId(rpId));
    }

    @Test
    @DisplayName("step 15: nobody touched the authenticator")
    void nobodyPresent() {
        assertRefused(Refusal.USER_PRESENCE, Lie.clearing(AuthenticatorData.USER_PRESENT));
    }

    @Test
    @DisplayName("step 16: the authenticator did not check who is there")
    void notVerified() {
        assertRefused(Refusal.USER_VERIFICATION, Lie.clearing(AuthenticatorData.USER_VERIFIED));
    }

    @Test
    @DisplayName("step 17: backed up, and not able to be")
    void backedUpWithoutBeingAbleTo() {
        assertRefused(Refusal.BACKUP, Lie.clearing(AuthenticatorData.BACKUP_ELIGIBLE));
    }

    @Test
    @DisplayName("step 20: a key of a kind that was not asked for")
    void otherAlgorithm() {
        VirtualAuthenticator with =
                new VirtualAuthenticator(VirtualAuthenticator.Kind.SYNCED.with(KeyAlgorithm.ES384));

        assertThat(house.enrol(ada, with, ORIGIN, Lie.NONE))
                .isEqualTo(new Verified.Refused<>(Refusal.ALGORITHM));
        assertNothingKept();
    }

    @Test
    @DisplayName("step 20: keys that are not what they say, or weaker than any real one")
    void keysThatDoNotFit() {
        assertRefused(Refusal.ALGORITHM, keyMember(3, -257));
        VirtualAuthenticator rsa =
                new VirtualAuthenticator(VirtualAuthenticator.Kind.SYNCED.with(KeyAlgorithm.RS256));
        assertThat(house.enrol(ada, rsa, ORIGIN, keyMember(-2, new byte[] {1})))
                .isEqualTo(new Verified.Refused<>(Refusal.ALGORITHM));
        byte[] short1024 = new byte[128];
        Arrays.fill(short1024, (byte) 0xab);
        assertThat(house.enrol(ada, rsa, ORIGIN, keyMember(-1, short1024)))
                .isEqualTo(new Verified.Refused<>(Refusal.ALGORITHM));
        assertThat(house.enrol(ada, phone, ORIGIN, keyMember(-1, 99)))
                .isInstanceOf(Verified.Refused.class);
        assertThat(house.enrol(ada, phone, ORIGIN, keyMember(-2, new byte[0])))
                .isInstanceOf(Verified.Refused.class);
        assertThat(house.enrol(ada, phone, ORIGIN, keyMember(-4, new byte[32])))
                .as("a private key")
                .isInstanceOf(Verified.Refused.class);
        assertNothingKept();
    }

    private static Lie keyMember(int name, Object value) {
        return Lie.inAuthenticatorData(data -> data.withKeyMember(name, value));
    }

    @Test
    @DisplayName("steps 21 to 23: attestation that was not asked for")
    void attestationJunk() {
        assertRefused(Refusal.ATTESTATION, Lie.attestation("none", Map.of("x5c", List.of())));
        assertRefused(Refusal.ATTESTATION, Lie.attestation("junk", Map.of()));
        assertRefused(Refusal.ATTESTATION, Lie.attestation("packed", Map.of()));
        assertRefused(
                Refusal.ATTESTATION,
                Lie.attestation(
                        "packed",
                        Map.of("alg", -7, "sig", new byte[70], "x5c", List.of(new byte[300]))));
        assertRefused(
                Refusal.ATTESTATION,
                Lie.attestation(
                        "fido-u2f", Map.of("sig", new byte[70], "x5c", List.of(new byte[300]))));
    }

    @Test
    @DisplayName("step 22: a key may vouch for itself, and must then do it rightly")
    void selfAttestation() {
        JsonNode options = house.creationOptions(ada);
        Lie itself = phone.selfAttestation(options, ORIGIN);
        var answer = phone.create(options, ORIGIN, itself);
        CeremonyHouse.accepted(house.registration.finish(SITE, ada, "phone", answer.toString()));

        assertThat(
                        house.enrol(
                                ada,
                                phone,
                                ORIGIN,
                                Lie.attestation("packed", Map.of("alg", -7, "sig", new byte[70]))))
                .isEqualTo(new Verified.Refused<>(Refusal.SIGNATURE));
    }

    @Test
    @DisplayName("step 24: an id beyond 1,023 bytes, and one that differs from the answer's")
    void oddIds() {
        assertThat(
                        house.enrol(
                                ada,
                                phone,
                                ORIGIN,
                                Lie.inAuthenticatorData(
                                        data -> data.withCredentialId("ab".repeat(1024)))))
                .isInstanceOf(Verified.Refused.class);
        assertRefused(
                Refusal.UNREADABLE,
                Lie.inAuthenticatorData(data -> data.withCredentialId("ab".repeat(32))));
        assertRefused(Refusal.UNREADABLE, Lie.inAnswer(answer -> answer.put("rawId", "AAAA")));
    }

    @Test
    @DisplayName("step 25: a key that somebody has enrolled")
    void knownCredential() {
        CredentialRecord adas = house.enrol(ada, phone);
        Enroller eve = house.person("eve");
        String id = adas.key().id().value();
        Lie sameId =
                new Lie(
                        Lie.NONE.clientData(),
                        data ->
                                data.withCredentialId(
                                        HexFormat.of().formatHex(adas.key().id().bytes())),
                        Lie.NONE.attestationObject(),
                        answer -> answer.put("id", id).put("rawId", id));

        assertThat(house.enrol(eve, new VirtualAuthenticator(), ORIGIN, sameId))
                .isEqualTo(new Verified.Refused<>(Refusal.KNOWN_CREDENTIAL));
        assertThat(house.credentials.allOf(ada.account().id())).containsExactly(adas);
        assertThat(house.credentials.allOf(eve.account().id())).isEmpty();
    }

    @Test
    void bytesThatDoNotBelongThereAreRefused() {
        assertRefused(Refusal.UNREADABLE, Lie.inAuthenticatorData(data -> data.withTrailing("00")));
        assertRefused(Refusal.UNREADABLE, appending((byte) 0x00));
        assertRefused(Refusal.UNREADABLE, appending((byte) 0xff));
        assertRefused(
                Refusal.UNREADABLE,
                Lie.inAttestationObject(bytes -> Arrays.copyOf(bytes, bytes.length - 1)));
    }

    private static Lie appending(byte more) {
        return Lie.inAttestationObject(
                bytes -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    longer[bytes.length] = more;
                    return longer;
                });
    }

    @Test
    void whatIsTooLargeOrTooDeepIsRefused() {
        assertRefused(
                Refusal.UNREADABLE,
                Lie.inAttestationObject(bytes -> Arrays.copyOf(bytes, 9 * 1024)));
        assertRefused(
                Refusal.ATTESTATION,
                Lie.attestation("packed", Map.of("alg", -7, "sig", new byte[70], "more", "x")));
        byte[] deep = new byte[4000];
        Arrays.fill(deep, (byte) 0x81);
        assertRefused(Refusal.UNREADABLE, Lie.inAttestationObject(_ -> deep));
        byte[] promises = {(byte) 0x5b, 0x7f, -1, -1, -1, -1, -1, -1, -1};
        assertRefused(Refusal.UNREADABLE, Lie.inAttestationObject(_ -> promises));
        assertThat(house.registration.finish(SITE, ada, "phone", "x".repeat(40_000)))
                .isEqualTo(new Verified.Refused<>(Refusal.UNREADABLE));
    }

    @Test
    void doubledMembersOfTheClientDataAreRefused() {
        JsonNode options = house.creationOptions(ada);
        ObjectNode answer = phone.create(options, ORIGIN);
        String said =
                "{\"type\":\"webauthn.create\",\"origin\":\"https://evil.example\",\"origin\":\""
                        + ORIGIN
                        + "\",\"challenge\":\""
                        + options.path("challenge").textValue()
                        + "\"}";
        ((ObjectNode) answer.path("response"))
                .put(
                        "clientDataJSON",
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(said.getBytes(StandardCharsets.UTF_8)));

        assertThat(house.registration.finish(SITE, ada, "phone", answer.toString()))
                .isEqualTo(new Verified.Refused<>(Refusal.UNREADABLE));
    }

    @Test
    void aPersonHasTwentyAndNoMore() {
        for (int i = 0; i < CredentialStore.PER_ACCOUNT_MAX; i++) {
            house.enrol(ada, phone);
        }

        assertThat(house.enrol(ada, phone, ORIGIN, Lie.NONE))
                .isEqualTo(new Verified.Refused<>(Refusal.TOO_MANY));
        assertThat(house.credentials.allOf(ada.account().id()))
                .hasSize(CredentialStore.PER_ACCOUNT_MAX);
    }

    @Test
    void unknownTransportsAreLeftOut() {
        Lie odd =
                Lie.inAnswer(
                        answer -> {
                            ((ObjectNode) answer.path("response"))
                                    .putArray("transports")
                                    .add("usb")
                                    .add("telepathy")
                                    .add(7)
                                    .add("usb");
                            return answer;
                        });

        assertThat(CeremonyHouse.accepted(house.enrol(ada, phone, ORIGIN, odd)).transports())
                .containsExactly("usb");
    }

    private void assertRefused(Refusal reason, Lie lie) {
        assertThat(house.enrol(ada, phone, ORIGIN, lie)).isEqualTo(new Verified.Refused<>(reason));
        assertNothingKept();
    }

    private void assertNothingKept() {
        assertThat(house.credentials.allOf(ada.account().id())).isEmpty();
        assertThat(house.kindsInAudit()).isEmpty();
    }
}
