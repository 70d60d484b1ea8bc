package dev.vestibule.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.guides.GuidePage.Block;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What `docs/guides` says of Vestibule holds, and what it says twice agrees. Whole parts of a
/// configuration and links are followed on every page of `docs`.
final class GuidesTest {

    private static final Path REPOSITORY = GuidePage.DOCS.resolve("..").normalize();
    private static final List<GuidePage> GUIDES = GuidePage.below("guides");
    private static final List<GuidePage> PAGES = GuidePage.below("");
    private static final GuidePage INDEX = GuidePage.read("guides/README.md");
    private static final GuidePage THREATS = GuidePage.read("threat-model.md");

    private static final String VESTIBULE = "vestibule";
    private static final String WARNED = "vestibule warned";

    /// Whose configuration a block may be besides.
    private static final Set<String> OTHERS =
            Set.of("authelia", "cloudflared", "home-assistant", "traefik");

    private static final String CAPABILITIES = "What works";
    private static final Set<String> ANSWERS = Set.of("yes", "partly", "no");

    private static final String LOGOUT = "/auth/vestibule/back-channel-logout/";
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*Test)`");

    /// `A1`, `A1, B2` or `D7 to D10`, as tests begin their sentences.
    private static final String NUMBERS = "[A-I]\\d{1,3}(?:(?:, | to |-)[A-I]\\d{1,3})*";

    private static final Pattern IN_A_TEST = Pattern.compile("\"(" + NUMBERS + "): ");
    private static final Pattern IN_THE_MODEL = Pattern.compile("\\b" + NUMBERS + "\\b");
    private static final Pattern RANGE = Pattern.compile("([A-I])(\\d+)(?:(?: to |-)[A-I](\\d+))?");

    @TempDir Path directory;

    @Test
    void everyBlockOfYamlSaysWhoseItIs() {
        for (GuidePage page : GUIDES) {
            assertThat(page.blocks())
                    .filteredOn(block -> block.language().equals("yaml"))
                    .extracting(Block::mark)
                    .as(page.file().toString())
                    .allMatch(
                            mark ->
                                    mark.equals(VESTIBULE)
                                            || mark.equals(WARNED)
                                            || OTHERS.contains(mark));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyConfigurationCanBeUsedBesideWhatSetupWrites() {
        return PAGES.stream()
                .flatMap(
                        page ->
                                page.blocks().stream()
                                        .filter(block -> block.mark().startsWith(VESTIBULE))
                                        .map(block -> usable(page, block)));
    }

    private DynamicTest usable(GuidePage page, Block block) {
        return DynamicTest.dynamicTest(
                page.file() + ": " + block.text().lines().findFirst().orElse(""),
                () -> {
                    ConfigResult.Valid valid = valid(block.text());
                    if (block.mark().equals(VESTIBULE)) {
                        assertThat(valid.warnings()).isEmpty();
                    } else {
                        assertThat(valid.warnings()).isNotEmpty();
                    }
                });
    }

    private ConfigResult.Valid valid(String part) {
        ConfigResult result = GuideConfiguration.read(part, directory);
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return (ConfigResult.Valid) result;
    }

    @Test
    void whatIsSomebodyElsesConfigurationIsYamlAtLeast() {
        List<Block> blocks =
                GUIDES.stream()
                        .flatMap(page -> page.blocks().stream())
                        .filter(block -> OTHERS.contains(block.mark()))
                        .toList();

        assertThat(blocks).hasSizeGreaterThanOrEqualTo(OTHERS.size());
        assertThat(blocks)
                .allSatisfy(
                        block -> assertThat(GuideConfiguration.parse(block.text())).isNotEmpty());
    }

    @Test
    void everyPageIsInTheIndex() {
        Path guides = Path.of("guides");
        assertThat(INDEX.links())
                .containsAll(
                        GUIDES.stream()
                                .filter(page -> !page.equals(INDEX))
                                .map(page -> guides.relativize(page.file()).toString())
                                .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyLinkToAPlaceInTheRepositoryLeadsThere() {
        return PAGES.stream()
                .map(
                        page ->
                                DynamicTest.dynamicTest(
                                        page.file().toString(),
                                        () ->
                                                assertThat(page.links())
                                                        .filteredOn(link -> !isElsewhere(link))
                                                        .allMatch(link -> leads(page, link))));
    }

    private static boolean isElsewhere(String link) {
        return link.matches("(https?|mailto):.*");
    }

    private static boolean leads(GuidePage page, String link) {
        String[] parts = link.split("#", 2);
        Path from = GuidePage.DOCS.resolve(page.file());
        Path to = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        return Files.exists(to)
                && (parts.length == 1
                        || GuidePage.read(GuidePage.DOCS.relativize(to).toString())
                                .anchors()
                                .contains(parts[1]));
    }

    @Test
    void pagesOfProvidersAndProxiesAreBuiltAlike() {
        assertThat(GuidePage.below("guides/providers"))
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        page ->
                                assertThat(page.sections())
                                        .as(page.file().toString())
                                        .containsExactly(
                                                "At the provider",
                                                "In vestibule.yaml",
                                                CAPABILITIES,
                                                "Traps"));
        assertThat(GuidePage.below("guides/proxies"))
                .hasSize(6)
                .allSatisfy(
                        page ->
                                assertThat(page.sections())
                                        .as(page.file().toString())
                                        .containsExactly(
                                                "At the proxy",
                                                "In vestibule.yaml",
                                                "At Home Assistant",
                                                "Traps"));
    }

    @TestFactory
    Stream<DynamicTest> whatIsRegisteredAtAProviderIsWhatTheConfigurationMakesOfIt() {
        return GuidePage.below("guides/providers").stream()
                .map(
                        page ->
                                DynamicTest.dynamicTest(
                                        page.file().toString(), () -> expectAddresses(page)));
    }

    private void expectAddresses(GuidePage page) {
        ConfigResult.Valid valid = valid(page.block("yaml", VESTIBULE));
        var home = valid.config().homes().getFirst().publicUrl();

        assertThat(valid.config().providers())
                .extracting(OpenIdProviderConfig::id)
                .doesNotContain("setup");
        assertThat(valid.config().providers())
                .allSatisfy(
                        provider ->
                                assertThat(page.text())
                                        .contains(provider.redirectUri(home).toString())
                                        .contains(home.resolve(LOGOUT + provider.id()).toString()));
    }

    @Test
    void theTableOfWhatWorksWithWhatIsWhatThePagesSay() {
        Map<String, List<String>> said = new TreeMap<>();
        Set<List<String>> capabilities = new HashSet<>();
        for (GuidePage page : GuidePage.below("guides/providers")) {
            List<List<String>> rows = page.table(CAPABILITIES);
            capabilities.add(rows.stream().map(List::getFirst).toList());
            said.put(
                    Path.of("guides").relativize(page.file()).toString(),
                    rows.stream().map(row -> row.get(1)).toList());
        }
        Map<String, List<String>> shown =
                INDEX.table("What works with what").stream()
                        .collect(
                                Collectors.toMap(
                                        row -> row.getFirst().replaceAll(".*\\((.*)\\)", "$1"),
                                        row -> row.subList(1, row.size()),
                                        (one, _) -> one,
                                        TreeMap::new));

        assertThat(capabilities).hasSize(1);
        assertThat(said.values()).allSatisfy(row -> assertThat(row).isSubsetOf(ANSWERS));
        assertThat(shown).isEqualTo(said);
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> classes = new TreeSet<>();
        for (Path source : testSources()) {
            classes.add(source.getFileName().toString().replace(".java", ""));
        }
        Stream.concat(GUIDES.stream(), Stream.of(THREATS))
                .forEach(
                        page ->
                                assertThat(TEST_CLASS.matcher(page.text()).results())
                                        .extracting(found -> found.group(1))
                                        .as(page.file().toString())
                                        .isSubsetOf(classes));
    }

    @Test
    void everyAttackThatATestIsAboutIsInTheThreatModel() throws IOException {
        Set<String> tested = new TreeSet<>();
        for (Path source : testSources()) {
            IN_A_TEST
                    .matcher(read(source))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(numbers -> tested.addAll(each(numbers)));
        }
        Set<String> known = new TreeSet<>();
        IN_THE_MODEL
                .matcher(THREATS.prose())
                .results()
                .map(MatchResult::group)
                .forEach(numbers -> known.addAll(each(numbers)));

        assertThat(tested).hasSizeGreaterThan(30).isSubsetOf(known);
    }

    private static List<String> each(String numbers) {
        List<String> each = new ArrayList<>();
        RANGE.matcher(numbers)
                .results()
                .forEach(
                        range -> {
                            int first = Integer.parseInt(range.group(2));
                            int last =
                                    range.group(3) == null
                                            ? first
                                            : Integer.parseInt(range.group(3));
                            IntStream.rangeClosed(first, last)
                                    .mapToObj(number -> range.group(1) + number)
                                    .forEach(each::add);
                        });
        return each;
    }

    private static List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(REPOSITORY)) {
            for (Path tests :
                    modules.map(module -> module.resolve("src/test/java"))
                            .filter(Files::isDirectory)
                            .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith("Test.java"))
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
