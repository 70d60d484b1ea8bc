package dev.vestibule.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

class DiscoveryTest {

    private static final String BASE = "https://home.example/scim/v2";

    /// What clients read once and then rely on; authentik takes nothing for supported if one of
    /// these is missing.
    @Test
    void saysWhatIsSupportedInTheWordsOfTheReference() {
        ObjectNode config = Discovery.serviceProviderConfig(BASE);

        assertThat(config.at("/patch/supported").booleanValue()).isTrue();
        assertThat(config.path("bulk"))
                .isEqualTo(
                        FilterTest.object(
                                """
                                {"supported":false,"maxOperations":100,"maxPayloadSize":1048576}
                                """));
        assertThat(config.path("filter"))
                .isEqualTo(FilterTest.object("{\"supported\":true,\"maxResults\":500}"));
        assertThat(config.at("/changePassword/supported").booleanValue()).isFalse();
        assertThat(config.at("/sort/supported").booleanValue()).isFalse();
        assertThat(config.at("/etag/supported").booleanValue()).isTrue();
        assertThat(config.at("/authenticationSchemes/0/type").textValue())
                .isEqualTo("oauthbearertoken");
    }

    @Test
    void namesBothKindsAndTheirSchemas() {
        assertThat(Discovery.resourceTypes(BASE))
                .extracting(type -> type.path("endpoint").textValue())
                .containsExactly("/Users", "/Groups");
        assertThat(Discovery.resourceType(BASE, "User").orElseThrow().at("/meta/location"))
                .hasToString("\"https://home.example/scim/v2/ResourceTypes/User\"");
        for (ObjectNode type : Discovery.resourceTypes(BASE)) {
            assertThat(Discovery.schema(BASE, type.path("schema").textValue())).isPresent();
            for (JsonNode extension : type.path("schemaExtensions")) {
                assertThat(Discovery.schema(BASE, extension.path("schema").textValue()))
                        .isPresent();
            }
        }
    }

    @Test
    void doesNotFindWhatIsNotThere() {
        assertThat(Discovery.resourceType(BASE, "Device")).isEmpty();
        assertThat(Discovery.schema(BASE, "urn:example:Device")).isEmpty();
    }

    /// UnboundID's client throws at an attribute that lacks one of these.
    @Test
    void describesEveryAttributeInFull() {
        Set<String> needed =
                Set.of(
                        "name",
                        "type",
                        "multiValued",
                        "description",
                        "required",
                        "caseExact",
                        "mutability",
                        "returned",
                        "uniqueness");
        List<JsonNode> attributes = new ArrayList<>();
        Discovery.schemas(BASE).forEach(schema -> collect(schema.path("attributes"), attributes));

        assertThat(attributes).hasSizeGreaterThan(80);
        assertThat(attributes)
                .allSatisfy(
                        attribute ->
                                assertThat(attribute.propertyStream().map(Map.Entry::getKey))
                                        .containsAll(needed));
    }

    private static void collect(JsonNode definitions, List<JsonNode> attributes) {
        for (JsonNode definition : definitions) {
            attributes.add(definition);
            collect(definition.path("subAttributes"), attributes);
        }
    }

    @Test
    void holdsNoNulls() {
        Stream.of(
                        Stream.of(Discovery.serviceProviderConfig(BASE)),
                        Discovery.resourceTypes(BASE).stream(),
                        Discovery.schemas(BASE).stream())
                .flatMap(documents -> documents)
                .forEach(document -> assertThat(Documents.text(document)).doesNotContain("null"));
    }
}
