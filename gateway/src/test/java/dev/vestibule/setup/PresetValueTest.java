package dev.vestibule.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Set;

/// How answers are read, wrong ones above all.
final class PresetValueTest {

    private static PresetValue first(SetupPreset preset) {
        return preset.questions().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "KEYCLOAK, auth.example.org,                https://auth.example.org",
        "KEYCLOAK, https://auth.example.org/,       https://auth.example.org",
        "KEYCLOAK, https://auth.example.org/auth//, https://auth.example.org/auth",
        "KEYCLOAK, http://localhost:8080,           http://localhost:8080",
        "OKTA,     example.okta.com:8443,           https://example.okta.com:8443",
        "GENERIC,  https://auth.example.org/,       https://auth.example.org/",
    })
    void anAddressIsReadAsTheIssuerNeedsIt(SetupPreset preset, String answer, String value) {
        assertThat(first(preset).judge(answer)).isEqualTo(Judged.fits(value));
    }

    @ParameterizedTest
    @CsvSource({
        "KEYCLOAK, '',                              ANSWER_MISSING",
        "KEYCLOAK, http://auth.example.org,         ADDRESS_UNSAFE",
        "KEYCLOAK, ftp://auth.example.org,          ADDRESS_UNSAFE",
        "KEYCLOAK, https://,                        ADDRESS_UNREADABLE",
        "KEYCLOAK, auth example,                    ADDRESS_UNREADABLE",
        "KEYCLOAK, https://auth.example.org?x=1,    ADDRESS_UNREADABLE",
        "KEYCLOAK, https://auth.example.org#x,      ADDRESS_UNREADABLE",
        "KEYCLOAK, https://me@auth.example.org,     ADDRESS_UNREADABLE",
        "GENERIC,  auth.example.org,                ADDRESS_UNSAFE",
        "GENERIC,  https://a.example/.well-known/openid-configuration, ADDRESS_IS_DOCUMENT",
        "ENTRA,    common,                          TENANT_UNREADABLE",
        "ENTRA,    organizations,                   TENANT_UNREADABLE",
        "ENTRA,    example.org,                     TENANT_UNREADABLE",
    })
    void whatDoesNotFitIsTold(SetupPreset preset, String answer, Flaw flaw) {
        assertThat(first(preset).judge(answer))
                .isInstanceOfSatisfying(
                        Judged.Unfit.class,
                        unfit -> assertThat(unfit.problem().flaw()).isEqualTo(flaw));
    }

    @ParameterizedTest
    @CsvSource({"home/../master", "home?x", "my home", "home#"})
    void aNameIsOnePartOfAnAddress(String answer) {
        assertThat(SetupPreset.KEYCLOAK.questions().getLast().judge(answer))
                .isEqualTo(Judged.unfit(Flaw.NAME_UNREADABLE, "home"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8123, http://localhost:8123, false",
        "http://localhost:8123, http://[::1]:8123,     false",
        "http://127.0.0.1:8123, http://localhost:8124, true",
        "http://nas:8123,       http://localhost:8123, true",
    })
    void homeAssistantsAddressIsTakenHoweverItIsSpelt(
            String homeAssistant, String publicUrl, boolean isFit) {
        Judged<Origin> judged =
                SetupAddresses.publicUrl(publicUrl, Origin.parse(homeAssistant).orElseThrow());

        assertThat(judged instanceof Judged.Fits).isEqualTo(isFit);
    }

    @Test
    void nobodyIsLetInByNoGroupAndNoRole() {
        assertThat(RoleAnswers.judge(Set.of(), Set.of(), "refuse"))
                .isEqualTo(Judged.unfit(Flaw.NOBODY_COULD_SIGN_IN));
        assertThat(RoleAnswers.judge(Set.of("admins"), Set.of(), "Refuse"))
                .isEqualTo(
                        Judged.fits(
                                new RolesConfig(Set.of("admins"), Set.of(), Set.of(), List.of())));
        assertThat(RoleAnswers.judge(Set.of(), Set.of(), "owner"))
                .isEqualTo(Judged.unfit(Flaw.ROLE_UNKNOWN));
    }

    @Test
    void everySentenceIsWhole() {
        for (Flaw flaw : Flaw.values()) {
            assertThat(new SetupProblem(flaw, "what was found.").sentence())
                    .as(flaw.name())
                    .doesNotContain("%s")
                    .containsPattern("[.]\\)?$");
        }
    }
}
