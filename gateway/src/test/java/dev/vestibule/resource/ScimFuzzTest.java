package dev.vestibule.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Throws whatever comes at the readers of filters, paths and bodies: each answer is a value or a
/// [ScimError]. `-Dvestibule.fuzz.for=10m` makes it last; each case is named by its seed.
class ScimFuzzTest {

    private static final Duration LASTS =
            Duration.parse("PT" + System.getProperty("vestibule.fuzz.for", "2s"));

    /// However busy the machine is.
    private static final long ROUNDS_MIN = 200;

    private interface Round {
        /// @return what came out of it, for the tally
        String play(ScimGrammar grammar);
    }

    private static void play(Round round, TestReporter reporter) {
        Map<String, Integer> tally = new TreeMap<>();
        long start = System.nanoTime();
        long slowest = 0;
        long seed = 0;
        for (long now = start; seed < ROUNDS_MIN || now - start < LASTS.toNanos() / 3; seed++) {
            tally.merge(outcome(round, seed), 1, Integer::sum);
            long after = System.nanoTime();
            slowest = Math.max(slowest, after - now);
            now = after;
        }
        reporter.publishEntry(
                "rounds %d, slowest %d us, %s".formatted(seed, slowest / 1_000, tally));
        assertThat(tally).hasSizeGreaterThan(1);
    }

    private static String outcome(Round round, long seed) {
        try {
            return round.play(new ScimGrammar(seed));
        } catch (ScimError refused) {
            assertThat(refused.status()).as("seed %d", seed).isIn(400, 413);
            return refused.type().map(ScimType::keyword).orElse("too large");
        } catch (RuntimeException | StackOverflowError problem) {
            return fail("seed " + seed, problem);
        }
    }

    @Test
    void filtersAreReadOrRefused(TestReporter reporter) {
        play(
                grammar -> {
                    Filter filter = Filter.parse(ResourceKind.USER, anyText(grammar));
                    return "matches " + filter.matches(grammar.user());
                },
                reporter);
    }

    private static String anyText(ScimGrammar grammar) {
        if (grammar.isOneIn(20)) {
            return grammar.bomb();
        }
        return grammar.isOneIn(5) ? grammar.noise() : grammar.damaged(grammar.filter());
    }

    @Test
    void filtersOfTheGrammarAreReadAndSayWhereToLook(TestReporter reporter) {
        play(
                grammar -> {
                    String text = grammar.filter();
                    ObjectNode user = Documents.from(ResourceKind.USER, grammar.user());
                    Filter filter = read(text);
                    boolean matches = filter.matches(user);
                    for (Filter.Equality equality : filter.required()) {
                        boolean isThere = isThere(user, equality);
                        assertThat(isThere || !matches).as("%s of %s", equality, text).isTrue();
                    }
                    return "matches " + matches + ", may look " + !filter.required().isEmpty();
                },
                reporter);
    }

    private static Filter read(String text) {
        try {
            return Filter.parse(ResourceKind.USER, text);
        } catch (ScimError refused) {
            return fail(text, refused);
        }
    }

    private static boolean isThere(ObjectNode user, Filter.Equality equality) {
        return switch (equality.attribute()) {
            case "emails.value" ->
                    user.path("emails")
                            .valueStream()
                            .anyMatch(email -> isSame(email.path("value"), equality.value()));
            case "userName", "displayName" ->
                    isSame(user.path(equality.attribute()), equality.value());
            default -> user.path(equality.attribute()).asText().equals(equality.value());
        };
    }

    private static boolean isSame(JsonNode value, String wanted) {
        return CaseFold.of(value.asText()).equals(CaseFold.of(wanted));
    }

    @Test
    void operationsLeaveAValidDocumentOrNone(TestReporter reporter) {
        play(
                grammar -> {
                    ResourceKind kind = grammar.isOneIn(2) ? ResourceKind.USER : ResourceKind.GROUP;
                    ObjectNode before =
                            Documents.from(
                                    kind,
                                    kind == ResourceKind.USER ? grammar.user() : grammar.group());
                    ObjectNode kept = before.deepCopy();
                    try {
                        Patch patch = Patch.read(kind, anyPatch(grammar, kind));
                        ObjectNode after = patch.applyTo("the-id", before);
                        checkValid(kind, after);
                        return after.equals(before) ? "changes nothing" : "changes something";
                    } finally {
                        assertThat(before).isEqualTo(kept);
                    }
                },
                reporter);
    }

    private static JsonNode anyPatch(ScimGrammar grammar, ResourceKind kind) {
        ObjectNode patch = grammar.patch(kind);
        if (grammar.isOneIn(3)) {
            String damaged = grammar.damaged(patch.toString());
            return Documents.read(damaged.getBytes(StandardCharsets.UTF_8));
        }
        ObjectNode operation = (ObjectNode) patch.at("/Operations/0");
        if (grammar.isOneIn(3) && operation.has("path")) {
            operation.put("path", grammar.damaged(operation.path("path").asText()));
        }
        return patch;
    }

    private static void checkValid(ResourceKind kind, ObjectNode document) {
        assertThat(Documents.from(kind, document)).isEqualTo(document);
        byte[] stored = Documents.text(document).getBytes(StandardCharsets.UTF_8);
        assertThat(Documents.read(stored).toString()).isEqualTo(document.toString());
        assertThat(document.has("id") || document.has("meta") || document.has("password"))
                .isFalse();
        if (kind == ResourceKind.USER) {
            assertThat(document.path("active").isBoolean() || !document.has("active")).isTrue();
        }
        Set<String> ids = new HashSet<>();
        document.path("members").forEach(member -> ids.add(Members.idOf(member)));
        assertThat(ids).hasSameSizeAs(document.path("members"));
    }
}
