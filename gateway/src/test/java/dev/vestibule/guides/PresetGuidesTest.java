package dev.vestibule.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.guides.GuidePage.Block;
import dev.vestibule.http.Language;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.PresetValue;
import dev.vestibule.setup.ProviderChoice;
import dev.vestibule.setup.Registration;
import dev.vestibule.setup.Registration.Entry;
import dev.vestibule.setup.SetupPreset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// `setup` says of every product what its guide says, to the character.
final class PresetGuidesTest {

    private static final Origin HOME = Origin.parse("https://home.example.org").orElseThrow();

    /// What an operator would answer to get the issuer of the guide.
    private static final Map<SetupPreset, List<String>> ANSWERS =
            Map.ofEntries(
                    Map.entry(SetupPreset.AUTHENTIK, List.of("auth.example.org", "home")),
                    Map.entry(SetupPreset.AUTHELIA, List.of("https://auth.example.org/")),
                    Map.entry(SetupPreset.KEYCLOAK, List.of("https://auth.example.org", "home")),
                    Map.entry(SetupPreset.POCKET_ID, List.of("id.example.org")),
                    Map.entry(SetupPreset.GOOGLE, List.of()),
                    Map.entry(SetupPreset.ENTRA, List.of("00000000-0000-0000-0000-000000000000")),
                    Map.entry(SetupPreset.ZITADEL, List.of("id.example.org")),
                    Map.entry(SetupPreset.KANIDM, List.of("idm.example.org", "")),
                    Map.entry(SetupPreset.OKTA, List.of("example.okta.com")),
                    Map.entry(SetupPreset.AUTH0, List.of("example.eu.auth0.com")),
                    Map.entry(SetupPreset.GENERIC, List.of("https://auth.example.org")));

    @TempDir Path directory;

    private static GuidePage page(SetupPreset preset) {
        return GuidePage.read("guides/providers/" + preset.word() + ".md");
    }

    private static ProviderChoice choice(SetupPreset preset) {
        List<String> values = new ArrayList<>();
        Iterator<String> answers = ANSWERS.getOrDefault(preset, List.of()).iterator();
        for (PresetValue question : preset.questions()) {
            Judged<String> judged = question.judge(answers.next());
            assertThat(judged).as(question.question()).isInstanceOf(Judged.Fits.class);
            values.add(((Judged.Fits<String>) judged).value());
        }
        assertThat(answers.hasNext()).as("answers of " + preset).isFalse();
        return new ProviderChoice(HOME, preset, preset.id(), preset.issuer(values));
    }

    @Test
    void everyProductThatHasAGuideHasAPreset() {
        assertThat(GuidePage.below("guides/providers"))
                .extracting(page -> page.file().getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SetupPreset.values())
                                .map(preset -> preset.word() + ".md")
                                .toList());
    }

    @ParameterizedTest
    @EnumSource
    void whatAPresetMakesOfTheAnswersIsTheConfigurationOfTheGuide(SetupPreset preset) {
        ConfigResult result =
                GuideConfiguration.read(page(preset).block("yaml", "vestibule"), directory);
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        OpenIdProviderConfig guide = ((ConfigResult.Valid) result).config().providers().getFirst();

        assertThat(
                        choice(preset)
                                .with(
                                        guide.clientId(),
                                        guide.authentication(),
                                        guide.displayName()))
                .isEqualTo(guide);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsEnteredAtTheProviderIsWhatTheGuideSays(SetupPreset preset) {
        GuidePage page = page(preset);
        Registration registration = Registration.of(choice(preset));

        assertThat(plain(page.prose())).contains(registration.where().in(Language.ENGLISH));
        assertThat(registration.entries()).extracting(Entry::line).isEqualTo(formOf(page));
        assertThat(registration.block()).isEqualTo(blockOf(page));
    }

    /// The form of the first section; empty where the product has commands or a file instead.
    private static List<String> formOf(GuidePage page) {
        String section = page.prose().split("(?m)^## ", 3)[1];
        return section.contains("\n|")
                ? page.table("At the provider").stream()
                        .map(row -> plain(row.getFirst()) + ": " + plain(row.get(1)))
                        .toList()
                : List.of();
    }

    /// What stands in the first section to be pasted: the first block, where it is not our own.
    private static List<String> blockOf(GuidePage page) {
        Block first = page.blocks().getFirst();
        return first.mark().equals("vestibule") ? List.of() : first.text().lines().toList();
    }

    /// Without what makes it bold, code or a link, in one line.
    private static String plain(String markdown) {
        return markdown.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replaceAll("[`*]", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    @ParameterizedTest
    @EnumSource
    void whereAPresetEntersAnAddressTheGuideSaysThatItWorks(SetupPreset preset) {
        ProviderChoice choice = choice(preset);
        String entered = String.join("\n", Registration.of(choice).lines());
        OpenIdProviderConfig provider = choice.with("client", noSecret(), "Name");

        assertThat(entered).contains(provider.redirectUri(HOME).toString());
        assertThat(entered.contains(provider.backChannelLogoutUri(HOME).toString()))
                .isEqualTo(works(preset, "back-channel logout"));
        assertThat(entered.contains(HOME + "/auth/vestibule/sign-out"))
                .isEqualTo(works(preset, "signing out there"));
    }

    private static ClientAuthentication noSecret() {
        return new ClientAuthentication.None();
    }

    private static boolean works(SetupPreset preset, String capability) {
        return page(preset).table("What works").stream()
                .filter(row -> row.getFirst().equals(capability))
                .map(row -> row.get(1))
                .anyMatch(answer -> !answer.equals("no"));
    }
}
