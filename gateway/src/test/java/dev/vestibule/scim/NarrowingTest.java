package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A search that looks things up by an index finds what a search through everything finds.
class NarrowingTest {

    private static final List<String> IDS = new ArrayList<>();
    private static ScimDesk desk = new ScimDesk();
    private static ScimClient client = desk.client("okta");

    @BeforeContainer
    static void furnish() {
        for (String name : List.of("ada", "Straße", "Ben", "ΣΙΣΥΦΟΣ", "x y", "i")) {
            IDS.add(client.createUser(name));
        }
        String inner = client.createGroup("Family", IDS.get(0), IDS.get(1));
        IDS.add(inner);
        IDS.add(client.createGroup("ada", inner, IDS.get(2)));
        IDS.add(client.createGroup("ext-ada"));
    }

    @AfterContainer
    static void close() {
        desk.close();
    }

    @Provide
    Arbitrary<String> filters() {
        Arbitrary<String> value =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                "ada", "ADA", "strasse", "STRASSE", "straße", "ben", "σισυφος",
                                "σισυφοσ", "X Y", "I", "İ", "family", "ext-ada", "EXT-ADA",
                                "nobody", ""),
                        Arbitraries.integers().between(0, IDS.size() - 1).map(IDS::get),
                        Arbitraries.integers()
                                .between(0, IDS.size() - 1)
                                .map(index -> IDS.get(index).toUpperCase(Locale.ROOT)));
        Arbitrary<String> comparison =
                Combinators.combine(
                                Arbitraries.of(
                                        "userName",
                                        "USERNAME",
                                        "externalId",
                                        "displayName",
                                        "id",
                                        "members",
                                        "members.value",
                                        "members[value eq \"%s\"]",
                                        "urn:ietf:params:scim:schemas:core:2.0:User:userName"),
                                Arbitraries.of("eq", "eq", "EQ", "ne", "co"),
                                value)
                        .as(
                                (attribute, operator, text) ->
                                        attribute.contains("%s")
                                                ? attribute.formatted(text)
                                                : attribute + " " + operator + " \"" + text + "\"");
        Arbitrary<String> pair =
                Combinators.combine(comparison, Arbitraries.of("and", "or"), comparison)
                        .as((left, word, right) -> left + " " + word + " " + right);
        return Arbitraries.oneOf(
                comparison,
                pair,
                Combinators.combine(pair, comparison)
                        .as((left, right) -> "(" + left + ") and " + right),
                pair.map(text -> "not (" + text + ")"));
    }

    @Property(tries = 400)
    void anIndexHidesNothing(@ForAll("filters") String filter, @ForAll boolean isGroup) {
        desk.facts.clock.advance(Duration.ofSeconds(1));
        String path = isGroup ? "/Groups" : "/Users";
        // What is behind `or` cannot be looked up, and matches nothing.
        String everything = "(" + filter + ") or id eq \"no such id\"";

        assertThat(client.names(path, filter)).as(filter).isEqualTo(client.names(path, everything));
    }
}
