package dev.vestibule.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;

class SelectionTest {

    private static final String USER =
            """
            {"schemas":["s"],"id":"1","userName":"ada","name":{"givenName":"Ada","familyName":"L"},
             "emails":[{"value":"a@x","type":"work"},{"value":"b@x"}],"groups":[],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                 {"employeeNumber":"7","department":"d"},
             "urn:example:Car":{"wheels":4},"meta":{"version":"1"}}
            """;

    private static ObjectNode shown(String attributes) {
        return Selection.of(ResourceKind.USER, Selection.names(attributes), List.of())
                .applyTo(FilterTest.object(USER));
    }

    private static ObjectNode without(String excluded) {
        return Selection.of(ResourceKind.USER, List.of(), Selection.names(excluded))
                .applyTo(FilterTest.object(USER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    userName                        | {"userName":"ada"}
                    USERNAME , name.givenname       | {"userName":"ada","name":{"givenName":"Ada"}}
                    emails.type                     | {"emails":[{"type":"work"},{}]}
                    CORE:name.familyName            | {"name":{"familyName":"L"}}
                    EXTENSION:employeeNumber        | {"EXTENSION":{"employeeNumber":"7"}}
                    EXTENSION | {"EXTENSION":{"employeeNumber":"7","department":"d"}}
                    urn:example:Car                 | {"urn:example:Car":{"wheels":4}}
                    unheardOf                       | {}
                    meta,groups                     | {"meta":{"version":"1"},"groups":[]}
                    """)
    void showsWhatIsNamedAndWhatIsAlwaysThere(String attributes, String expected) {
        ObjectNode always = FilterTest.object("{\"schemas\":[\"s\"],\"id\":\"1\"}");

        assertThat(shown(inFull(attributes)))
                .isEqualTo(always.setAll(FilterTest.object(inFull(expected))));
    }

    private static String inFull(String text) {
        return text.replace("CORE", ResourceKind.USER.schema())
                .replace("EXTENSION", Schemas.ENTERPRISE_USER);
    }

    @Test
    void leavesOutWhatIsExcluded() {
        ObjectNode expected = FilterTest.object(USER);
        expected.remove(List.of("emails", "urn:example:Car"));
        expected.withObject("/name").remove("familyName");

        assertThat(without("emails,name.familyName,URN:example:car")).isEqualTo(expected);
    }

    @Test
    void neverLeavesOutTheIdAndTheSchemas() {
        assertThat(without("id,schemas,ID")).isEqualTo(FilterTest.object(USER));
    }

    @Test
    void showsTheListsThatClientsWalkThroughEvenEmpty() {
        assertThat(
                        Selection.everything(ResourceKind.USER)
                                .applyTo(FilterTest.object("{\"id\":\"1\",\"emails\":null}")))
                .isEqualTo(FilterTest.object("{\"id\":\"1\",\"emails\":[],\"groups\":[]}"));
        assertThat(
                        Selection.everything(ResourceKind.GROUP)
                                .applyTo(FilterTest.object("{\"id\":\"1\"}")))
                .isEqualTo(FilterTest.object("{\"id\":\"1\",\"members\":[]}"));
        assertThat(
                        Selection.of(ResourceKind.GROUP, List.of(), List.of("members"))
                                .applyTo(FilterTest.object("{\"id\":\"1\"}")))
                .isEqualTo(FilterTest.object("{\"id\":\"1\"}"));
    }

    @Test
    void saysWhatNeedNotBeLookedUp() {
        Selection entra = Selection.of(ResourceKind.GROUP, List.of(), List.of("Members"));
        Selection named = Selection.of(ResourceKind.GROUP, List.of("members.value"), List.of());
        Selection other = Selection.of(ResourceKind.GROUP, List.of("displayName"), List.of());

        assertThat(entra.includes("members")).isFalse();
        assertThat(entra.includes("displayName")).isTrue();
        assertThat(named.includes("members")).isTrue();
        assertThat(other.includes("members")).isFalse();
        assertThat(other.includes("id")).isTrue();
        assertThat(Selection.everything(ResourceKind.GROUP).includes("members")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"emails[type eq \"work\"]", "a.b.c", "*", "__proto__", "na me"})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> shown(name))
                .isInstanceOfSatisfying(
                        ScimError.class,
                        error -> assertThat(error.type()).contains(ScimType.INVALID_VALUE));
    }

    @Test
    void refusesBothWaysAtOnceAndNamesWithoutEnd() {
        assertThatThrownBy(
                        () ->
                                Selection.of(
                                        ResourceKind.USER, List.of("userName"), List.of("emails")))
                .isInstanceOf(ScimError.class);
        assertThatThrownBy(
                        () ->
                                Selection.of(
                                        ResourceKind.USER,
                                        Collections.nCopies(101, "userName"),
                                        List.of()))
                .isInstanceOf(ScimError.class);
    }

    @Test
    void leavesTheDocumentAsItIs() {
        ObjectNode document = FilterTest.object(USER);

        Selection.of(ResourceKind.USER, List.of("emails.value"), List.of()).applyTo(document);

        assertThat(document).isEqualTo(FilterTest.object(USER));
    }
}
