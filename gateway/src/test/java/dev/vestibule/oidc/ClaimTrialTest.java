package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.oidc.ClaimTrial.Outcome;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

class ClaimTrialTest {

    private static final Instant NOW = Instant.parse("2026-11-26T15:00:00Z");
    private static final String GOOD =
            """
            {"iss": "https://id.example", "aud": "vestibule", "sub": "ada-1",
             "iat": %d, "exp": %d, "preferred_username": "ada", "name": "Ada",
             "email": "ada@example.org", "groups": ["admins", 7]}
            """
                    .formatted(NOW.getEpochSecond(), NOW.getEpochSecond() + 60);

    private final ClaimTrial trial =
            new ClaimTrial(
                    OpenIdProviderConfig.of(
                            "op",
                            URI.create("https://id.example"),
                            "vestibule",
                            new ClientAuthentication.None()));

    private Outcome read(String pasted) {
        return trial.read(pasted, NOW);
    }

    private Outcome.Somebody somebody(String pasted) {
        if (!(read(pasted) instanceof Outcome.Somebody found)) {
            throw new AssertionError("nobody but " + read(pasted));
        }
        return found;
    }

    private static String token(String payload) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "e30." + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8)) + ".AAAA";
    }

    @Test
    void claimsAreReadAsAtASignIn() {
        Outcome.Somebody found = somebody(GOOD);

        assertThat(found.isToken()).isFalse();
        assertThat(found.objections()).isEmpty();
        assertThat(found.wouldAskUserInfo()).isFalse();
        assertThat(found.identity().subject().value()).isEqualTo("ada-1");
        assertThat(found.identity().username()).isEqualTo("ada");
        assertThat(found.identity().email()).isEqualTo("ada@example.org");
        assertThat(found.identity().groups()).containsExactly("admins");
        assertThat(found.identity().claimRemarks())
                .extracting(ClaimRemark::toString)
                .containsExactly("groups: ignored entries: 1");
    }

    @Test
    void whetherUserInfoWouldBeAskedIsToldAsASignInDecidesIt() {
        for (UserInfoUse use : UserInfoUse.values()) {
            ConfigDraft draft = new ConfigDraft(URI.create("https://id.example"));
            draft.userInfo = use;
            assertThat(
                            new ClaimTrial(draft.finish()).read(GOOD, NOW)
                                            instanceof Outcome.Somebody found
                                    && found.wouldAskUserInfo())
                    .as(use.name())
                    .isEqualTo(use == UserInfoUse.ALWAYS);
        }
    }

    @Test
    void aWholeTokenIsTakenApartAlsoWhereALineWasBroken() {
        String token = token(GOOD);

        assertThat(somebody(token.substring(0, 40) + "\n  " + token.substring(40) + "\n").isToken())
                .isTrue();
        assertThat(somebody(token).identity()).isEqualTo(somebody(GOOD).identity());
    }

    @Test
    void everythingThatATokenWouldBeRefusedForIsToldAndNotOnlyTheFirst() {
        assertThat(somebody("{\"sub\": \"ada-1\", \"exp\": 1, \"iat\": 1}").objections())
                .extracting(TokenRefused::reason)
                .containsExactly(
                        RejectionReason.ISSUER_MISMATCH,
                        RejectionReason.AUDIENCE_MISMATCH,
                        RejectionReason.EXPIRED);
        assertThat(somebody("{\"sub\": \"ada-1\"}").wouldAskUserInfo()).isTrue();
    }

    @Test
    void aClaimThatIsNotThereIsSaidToBeMissing() {
        assertThat(((Outcome.Nobody) read("{}")).objections())
                .extracting(TokenRefused::detail)
                .containsExactly(
                        "iss is missing", "aud is missing", "exp is missing", "sub is missing");
        assertThat(((Outcome.Nobody) read("{}")).objections())
                .extracting(TokenRefused::missing)
                .containsExactly("iss", "aud", "exp", "sub");
        assertThat(((Outcome.Nobody) read("{\"iss\": \"\", \"sub\": 7}")).objections())
                .filteredOn(objection -> objection.missing().isEmpty())
                .extracting(TokenRefused::detail)
                .containsExactly("iss is \"\"", "sub is not a printable text of 1 to 255");
    }

    @Test
    void whatNamesNobodyIsNobody() {
        assertThat(read("{\"sub\": 7}")).isInstanceOf(Outcome.Nobody.class);
        assertThat(read("{}")).isInstanceOf(Outcome.Nobody.class);
    }

    @Test
    void whatCannotBeReadIsToldByLineAndColumn() {
        assertThat(read("{\"sub\": \"a\",\n \"é\": 1, oops}")).isEqualTo(new Outcome.Broken(2, 10));
        assertThat(read("{\"sub\": \"a\",\n\"sub\": \"b\"}"))
                .isInstanceOfSatisfying(
                        Outcome.Broken.class, at -> assertThat(at.line()).isEqualTo(2));
        assertThat(read(token("{\"sub\": "))).isInstanceOf(Outcome.Broken.class);
        assertThat(read("{\"sub\": \"a\"} {}")).isInstanceOf(Outcome.Broken.class);
        assertThat(read("{".repeat(2000) + "}")).isInstanceOf(Outcome.Broken.class);
    }

    @Test
    void whatIsNeitherTokenNorJsonIsNotTakenForOne() {
        for (String other : List.of("", "  ", "hello", "[1]", "null", "a.b", "a.b.c.d.e")) {
            assertThat(read(other)).as(other).isEqualTo(new Outcome.Neither());
        }
        assertThat(read(token("[1]"))).isEqualTo(new Outcome.Neither());
    }

    @Test
    void nothingIsReadOfWhatIsTooLong() {
        assertThat(read(" ".repeat(ClaimTrial.LENGTH_MAX) + "{}")).isEqualTo(new Outcome.TooLong());
    }
}
