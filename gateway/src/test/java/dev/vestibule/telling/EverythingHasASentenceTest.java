package dev.vestibule.telling;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.SampleEvents;
import dev.vestibule.audit.WayIn;
import dev.vestibule.config.Role;
import dev.vestibule.http.Language;
import dev.vestibule.http.Text;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.session.SignInWay;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// No event, no reason and no word without words, in any language.
class EverythingHasASentenceTest {

    private static final Words WORDS = new Words(Map.of(), new IssuerNames(List.of()));

    static List<AuditEvent> oneOfEach() {
        return SampleEvents.oneOfEach();
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void everyEventHasASentenceOfItsOwnInEveryLanguage(AuditEvent event) {
        Text sentence = new Sentences(WORDS, "192.0.2.7").of(event);

        assertThat(((Text.Message) sentence).key())
                .isEqualTo("audit." + event.getClass().getSimpleName());
        for (Language language : Language.values()) {
            assertThat(sentence.in(language)).hasSizeGreaterThan(10).doesNotContain("{");
        }
    }

    /// Wherever in the program it is: an enum beside the code that refuses.
    static List<Reason> everyReason() {
        return new ClassFileImporter()
                .importPackages("dev.vestibule").stream()
                        .filter(type -> type.isAssignableTo(Reason.class) && type.isEnum())
                        .flatMap(EverythingHasASentenceTest::constants)
                        .toList();
    }

    private static Stream<Reason> constants(JavaClass type) {
        return Arrays.stream(Objects.requireNonNull(type.reflect().getEnumConstants()))
                .map(Reason.class::cast);
    }

    @Test
    void reasonsAreLookedForWhereTheyAre() {
        assertThat(everyReason())
                .extracting(Reason::code)
                .contains("no-role", "signed out", "code_refused", "passkey-sign-count");
    }

    @ParameterizedTest
    @MethodSource("everyReason")
    void everyReasonHasWordsInEveryLanguage(Reason reason) {
        assertReason(reason.code());
    }

    @ParameterizedTest
    @EnumSource(Reason.Family.class)
    void everyFamilyOfReasonsHasWordsInEveryLanguage(Reason.Family family) {
        assertReason(new Reason.Of(family, "whatever").code());
    }

    private static void assertReason(String code) {
        Text words = ReasonWords.of(code);

        assertThat(words).isInstanceOf(Text.Message.class);
        assertThat(((Text.Message) words).key()).startsWith("audit.reason.");
        assertSaid(words);
    }

    private static void assertSaid(Text words) {
        for (Language language : Language.values()) {
            assertThat(words.in(language)).isNotBlank().doesNotContain("{");
        }
    }

    @Test
    void everyOtherWordOfTheLogIsKnown() {
        Stream<Text> words =
                Stream.of(
                                Arrays.stream(WayIn.values()).map(way -> Words.way(way.code())),
                                Arrays.stream(SignInWay.values())
                                        .map(way -> WORDS.issuer("vestibule:" + way.stored())),
                                Stream.of(WORDS.issuer("vestibule:trusted-headers")),
                                Arrays.stream(ClientKind.values())
                                        .map(kind -> Words.client(kind.name(), "app")),
                                Arrays.stream(ResourceKind.values())
                                        .map(
                                                kind ->
                                                        Words.resource(
                                                                kind.name()
                                                                        .toLowerCase(Locale.ROOT),
                                                                "ada")),
                                Stream.of(
                                                "switched-off",
                                                "deleted",
                                                "back",
                                                "lives-on",
                                                "other-groups",
                                                "more-rights",
                                                "other-role")
                                        .map(Words::drift),
                                Arrays.stream(Role.values()).map(role -> Words.role(role.name())),
                                Stream.of(
                                                "console",
                                                "the gateway",
                                                "the configuration",
                                                "home-assistant",
                                                "Home Assistant",
                                                "adoption",
                                                "local login",
                                                "their own login",
                                                "scim:okta",
                                                "provider:keycloak")
                                        .flatMap(by -> Stream.of(WORDS.by(by), WORDS.actor(by))))
                        .flatMap(stream -> stream);

        assertThat(words)
                .allSatisfy(
                        word -> {
                            assertThat(word).isInstanceOf(Text.Message.class);
                            assertThat(((Text.Message) word).key()).isNotEqualTo("audit.quoted");
                            assertSaid(word);
                        });
    }
}
