package dev.vestibule.passkey;

import static dev.vestibule.passkey.CeremonyHouse.ORIGIN;
import static dev.vestibule.passkey.CeremonyHouse.SITE;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.passkey.CeremonyAnswer.Authentication;
import dev.vestibule.passkey.CeremonyAnswer.Registration;
import dev.vestibule.secret.Secrets;
import dev.vestibule.testhouse.passkey.Lie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Answers that were honest before somebody changed bytes of them: the library may say no in any
/// words that it has, and must throw nothing else at us.
class MangledAnswerTest {

    private static final WebAuthnLibrary LIBRARY = new WebAuthnLibrary();
    private static final Challenge CHALLENGE = new Challenge(new Secrets().randomToken());
    private static final VirtualAuthenticator PHONE = new VirtualAuthenticator();
    private static final Registration PLAIN = enrolled(Lie.NONE);
    private static final Registration VOUCHED =
            enrolled(Lie.attestation("packed", Map.of("alg", -7, "sig", new byte[] {48, 2, 1, 1})));
    private static final CredentialKey KEY = key();
    private static final Authentication ASSERTION = signedIn();

    private static ObjectNode options() {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("rpId", SITE.rpId().value()).put("challenge", CHALLENGE.value().reveal());
        options.putObject("rp").put("id", SITE.rpId().value());
        options.putObject("user").put("id", "aGFuZGxl");
        return options;
    }

    private static Registration enrolled(Lie lie) {
        return CeremonyAnswer.registration(PHONE.create(options(), ORIGIN, lie).toString())
                .orElseThrow();
    }

    private static CredentialKey key() {
        Registration last = enrolled(Lie.NONE);
        return ((Verified.Accepted<CredentialKey>) LIBRARY.register(last, CHALLENGE, SITE)).value();
    }

    private static Authentication signedIn() {
        return CeremonyAnswer.authentication(PHONE.get(options(), ORIGIN).toString()).orElseThrow();
    }

    /// Numbers that each say what is done to bytes: where, to what, and whether it is put between.
    @Provide
    Arbitrary<List<Integer>> changes() {
        return Arbitraries.integers()
                .withDistribution(RandomDistribution.uniform())
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static String mangled(String text, List<Integer> changes) {
        byte[] bytes = Base64Url.decodeOwn(text);
        for (int change : changes) {
            bytes = changed(bytes, (change >>> 16) % bytes.length, change);
        }
        return Base64Url.encode(bytes);
    }

    private static byte[] changed(byte[] bytes, int at, int change) {
        int more = (change & 0x300) == 0 ? 1 : 0;
        byte[] changed = Arrays.copyOf(bytes, bytes.length + more);
        System.arraycopy(bytes, at, changed, at + more, bytes.length - at);
        changed[at] = (byte) change;
        return changed;
    }

    @Property(tries = 3000)
    void anEnrolmentIsRefusedOrTakenAndNothingElse(
            @ForAll("changes") List<Integer> changes, @ForAll boolean isVouched) {
        Registration honest = isVouched ? VOUCHED : PLAIN;
        Registration answer =
                new Registration(
                        honest.id(),
                        honest.clientData(),
                        mangled(honest.attestation(), changes),
                        List.of());

        assertThat(LIBRARY.register(answer, CHALLENGE, SITE))
                .isInstanceOfAny(Verified.Accepted.class, Verified.Refused.class);
    }

    @Property(tries = 1000)
    void theClientDataIsReadOrNot(@ForAll("changes") List<Integer> changes) {
        Registration answer =
                new Registration(
                        PLAIN.id(),
                        mangled(PLAIN.clientData(), changes),
                        PLAIN.attestation(),
                        List.of());

        assertThat(LIBRARY.register(answer, CHALLENGE, SITE))
                .isInstanceOfAny(Verified.Accepted.class, Verified.Refused.class);
        assertThat(ClientData.read(Base64Url.decodeOwn(answer.clientData()))).isNotNull();
    }

    @Property(tries = 2000)
    void aSignatureHoldsForWhatWasSignedAndNothingElse(
            @ForAll("changes") List<Integer> changes, @ForAll @IntRange(max = 2) int part) {
        Authentication answer =
                new Authentication(
                        ASSERTION.id(),
                        part == 0
                                ? mangled(ASSERTION.clientData(), changes)
                                : ASSERTION.clientData(),
                        part == 1
                                ? mangled(ASSERTION.authenticatorData(), changes)
                                : ASSERTION.authenticatorData(),
                        part == 2 ? mangled(ASSERTION.signature(), changes) : ASSERTION.signature(),
                        ASSERTION.userHandle());

        Verified<CredentialKey> result = LIBRARY.authenticate(answer, CHALLENGE, SITE, KEY);

        if (answer.equals(ASSERTION)) {
            assertThat(result).isInstanceOf(Verified.Accepted.class);
        } else {
            assertThat(result).isInstanceOf(Verified.Refused.class);
        }
    }
}
