package dev.vestibule.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the SCIM entrance says about itself (RFC 7643 sections 5 to 7, RFC 7644 section 4). Every
/// call makes new documents.
///
/// `base` is the public address of the entrance without a slash at its end, such as
/// `https://home.example/scim/v2`.
public final class Discovery {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Discovery() {}

    public static ObjectNode serviceProviderConfig(String base) {
        ObjectNode config = document("ServiceProviderConfig");
        config.set("patch", supported(true));
        config.set(
                "bulk",
                supported(false)
                        .put("maxOperations", ScimLimits.BULK_OPERATIONS_ADVERTISED)
                        .put("maxPayloadSize", ScimLimits.BODY_BYTES_MAX));
        config.set("filter", supported(true).put("maxResults", ScimLimits.RESULTS_MAX));
        config.set("changePassword", supported(false));
        config.set("sort", supported(false));
        config.set("etag", supported(true));
        config.putArray("authenticationSchemes")
                .addObject()
                .put("type", "oauthbearertoken")
                .put("name", "Bearer token")
                .put("description", "The token that `vestibule scim-client add` printed")
                .put("specUri", "https://www.rfc-editor.org/info/rfc6750")
                .put("primary", true);
        return withMeta(config, "ServiceProviderConfig", base + "/ServiceProviderConfig");
    }

    public static List<ObjectNode> resourceTypes(String base) {
        return Arrays.stream(ResourceKind.values()).map(kind -> resourceType(base, kind)).toList();
    }

    /// @param name `User` or `Group`
    public static Optional<ObjectNode> resourceType(String base, String name) {
        return withId(resourceTypes(base), name);
    }

    private static ObjectNode resourceType(String base, ResourceKind kind) {
        ObjectNode type =
                document("ResourceType")
                        .put("id", kind.typeName())
                        .put("name", kind.typeName())
                        .put("endpoint", "/" + kind.plural())
                        .put("description", kind.typeName() + "s of one SCIM client")
                        .put("schema", kind.schema());
        var extensions = type.putArray("schemaExtensions");
        switch (kind) {
            case USER ->
                    extensions
                            .addObject()
                            .put("schema", Schemas.ENTERPRISE_USER)
                            .put("required", false);
            case GROUP -> {}
        }
        return withMeta(type, "ResourceType", base + "/ResourceTypes/" + kind.typeName());
    }

    public static List<ObjectNode> schemas(String base) {
        return Schemas.documents().stream()
                .map(
                        schema ->
                                withMeta(
                                        schema,
                                        "Schema",
                                        base + "/Schemas/" + schema.path("id").textValue()))
                .toList();
    }

    /// @param urn the id of the schema
    public static Optional<ObjectNode> schema(String base, String urn) {
        return withId(schemas(base), urn);
    }

    private static Optional<ObjectNode> withId(List<ObjectNode> documents, String id) {
        return documents.stream()
                .filter(document -> document.path("id").textValue().equalsIgnoreCase(id))
                .findFirst();
    }

    private static ObjectNode document(String type) {
        ObjectNode document = JSON.objectNode();
        document.putArray("schemas").add(CORE + type);
        return document;
    }

    private static ObjectNode supported(boolean isSupported) {
        return JSON.objectNode().put("supported", isSupported);
    }

    private static ObjectNode withMeta(ObjectNode document, String type, String location) {
        document.putObject("meta").put("resourceType", type).put("location", location);
        return document;
    }
}
