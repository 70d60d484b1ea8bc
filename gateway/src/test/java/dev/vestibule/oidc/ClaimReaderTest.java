package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.FreshSignIn;
import dev.vestibule.oidc.VerifiedIdentity.ProviderSession;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ClaimReaderTest {

    private final ConfigDraft config = new ConfigDraft(URI.create("https://id.example.org"));

    private VerifiedIdentity read(String idToken, String userInfo) {
        return ClaimReader.identity(
                config.finish(),
                object(idToken),
                object(userInfo),
                AuthTime.of(
                        FreshSignIn.AUTH_TIME,
                        object(idToken),
                        Prompt.AS_NEEDED,
                        Instant.parse("2026-11-24T12:00:00Z")),
                new LivenessProof.NotOffered());
    }

    private VerifiedIdentity read(String idToken) {
        return read(idToken, "{}");
    }

    private static ObjectNode object(String json) {
        return StrictJson.object(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    @Test
    void aProviderThatSaysNothingLeavesTheSubjectAsName() {
        VerifiedIdentity identity = read("{\"sub\":\"1234\"}");

        assertThat(identity.username()).isEqualTo("1234");
        assertThat(identity.displayName()).isEqualTo("1234");
        assertThat(identity.picture()).isEmpty();
        assertThat(identity.groups()).isEmpty();
        assertThat(identity.authTime()).isEqualTo(Instant.EPOCH);
        assertThat(identity.providerSession()).isEqualTo(new ProviderSession.NotTold());
        assertThat(identity.claimRemarks()).isEmpty();
    }

    @Test
    void everythingThatWasSaidIsThere() {
        VerifiedIdentity identity =
                read(
                        """
                        {"sub":"1","preferred_username":"ada","name":"Ada","sid":"s","acr":"phr",
                         "picture":"https://id.example.org/ada.png","groups":["family"],
                         "auth_time":1795500000,"amr":["pwd","otp",7]}\
                        """);

        assertThat(identity.username()).isEqualTo("ada");
        assertThat(identity.displayName()).isEqualTo("Ada");
        assertThat(identity.picture()).isEqualTo("https://id.example.org/ada.png");
        assertThat(identity.groups()).containsExactly("family");
        assertThat(identity.authTime()).isEqualTo(Instant.ofEpochSecond(1795500000));
        assertThat(identity.providerSession()).isEqualTo(new ProviderSession.Known("s"));
        assertThat(identity.acr()).isEqualTo("phr");
        assertThat(identity.amr()).containsExactlyInAnyOrder("pwd", "otp");
    }

    @Test
    @DisplayName("D18: an empty list in the ID token is an answer; UserInfo does not add to it")
    void groupsComeFromOneSourceOnly() {
        assertThat(read("{\"sub\":\"1\",\"groups\":[]}", "{\"groups\":[\"admins\"]}").groups())
                .isEmpty();
        assertThat(read("{\"sub\":\"1\"}", "{\"groups\":[\"family\"]}").groups())
                .containsExactly("family");
    }

    @Test
    @DisplayName("G5: one text is one group")
    void oneTextIsOneGroup() {
        assertThat(read("{\"sub\":\"1\",\"groups\":\"admins,users\"}").groups())
                .containsExactly("admins,users");
    }

    /// What docs/guides/providers/google.md does: Google has no groups.
    @Test
    void theSubjectCanStandForAGroupOfOne() {
        config.claims = new ClaimPaths("preferred_username", "name", "picture", "sub");

        assertThat(read("{\"sub\":\"110169484474386276334\"}").groups())
                .containsExactly("110169484474386276334");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "true", "{\"admins\":true}"})
    @DisplayName("G5: groups of another type are none, with a remark")
    void groupsOfAnotherTypeAreNone(String groups) {
        VerifiedIdentity identity = read("{\"sub\":\"1\",\"groups\":" + groups + "}");

        assertThat(identity.groups()).isEmpty();
        assertThat(identity.claimRemarks())
                .extracting(ClaimRemark::toString)
                .containsExactly("groups is neither a list nor a text");
    }

    @Test
    @DisplayName("G5: entries that are no text are ignored, with a remark")
    void entriesThatAreNoTextAreIgnored() {
        VerifiedIdentity identity =
                read("{\"sub\":\"1\",\"groups\":[\"family\",7,{\"name\":\"admins\"},[],\"\"]}");

        assertThat(identity.groups()).containsExactly("family");
        assertThat(identity.claimRemarks())
                .extracting(ClaimRemark::toString)
                .containsExactly("groups: ignored entries: 4");
    }

    @Test
    @DisplayName("G5: more groups than the limit are none")
    void tooManyGroupsAreNone() {
        String many =
                IntStream.rangeClosed(0, ClaimReader.GROUPS_MAX)
                        .mapToObj(i -> "\"g" + i + "\"")
                        .collect(Collectors.joining(","));
        VerifiedIdentity identity = read("{\"sub\":\"1\",\"groups\":[" + many + "]}");

        assertThat(identity.groups()).isEmpty();
        assertThat(identity.claimRemarks())
                .extracting(ClaimRemark::toString)
                .containsExactly("groups has more than 1000 entries; none of them counts");
    }

    @Test
    void aGroupNameBeyondTheLimitIsIgnored() {
        String longName = "g".repeat(ClaimReader.GROUP_LENGTH_MAX + 1);

        assertThat(read("{\"sub\":\"1\",\"groups\":[\"" + longName + "\"]}").groups()).isEmpty();
    }

    @Test
    @DisplayName("G5: groups that Entra left out are remarked")
    void groupsThatWereLeftOutAreRemarked() {
        assertThat(read("{\"sub\":\"1\",\"_claim_names\":{\"groups\":\"src1\"}}").claimRemarks())
                .extracting(ClaimRemark::toString)
                .containsExactly("groups was left out by the provider: too many for the token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "a\\u202eb", "\\u0000", "   "})
    @DisplayName("H11: a name with control characters or a turned direction is not shown")
    void aNameThatCouldForgeLinesIsNotShown(String name) {
        VerifiedIdentity identity = read("{\"sub\":\"1\",\"name\":\"" + name + "\"}");

        assertThat(identity.displayName()).isEqualTo("1");
        assertThat(identity.claimRemarks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "http://x.example/a.png", "data:,x", "https:"})
    void aPictureFromAnywhereButHttpsIsNone(String picture) {
        assertThat(read("{\"sub\":\"1\",\"picture\":\"" + picture + "\"}").picture()).isEmpty();
    }
}
