package dev.vestibule.resource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The attributes that are known by name. They are read from the same files that `/Schemas` shows,
/// so that what is advertised is what is done.
final class Schemas {

    static final String ENTERPRISE_USER =
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// What OneLogin's templates call the core schema of either kind.
    private static final String CORE_1_0 = "urn:scim:schemas:core:1.0";

    private static final ObjectNode USER_FILE = file("user.json");
    private static final ObjectNode GROUP_FILE = file("group.json");
    private static final ObjectNode ENTERPRISE_FILE = file("enterprise-user.json");

    /// What every resource has (RFC 7643 section 3.1); no schema lists it.
    private static final List<Attribute> COMMON =
            List.of(
                    new Attribute("schemas", Attribute.Type.STRING, true, true, List.of()),
                    Attribute.text("id", true),
                    Attribute.text("externalId", true),
                    new Attribute(
                            "meta",
                            Attribute.Type.COMPLEX,
                            false,
                            false,
                            List.of(
                                    Attribute.text("resourceType", true),
                                    dateTime("created"),
                                    dateTime("lastModified"),
                                    Attribute.text("location", true),
                                    Attribute.text("version", true))));

    private static final List<Attribute> USER = withCommon(USER_FILE);
    private static final List<Attribute> GROUP = withCommon(GROUP_FILE);

    private static final List<Attribute> ENTERPRISE =
            Attribute.allFrom(ENTERPRISE_FILE.path("attributes"));

    private Schemas() {}

    private static Attribute dateTime(String name) {
        return new Attribute(name, Attribute.Type.DATE_TIME, false, false, List.of());
    }

    private static List<Attribute> withCommon(ObjectNode schema) {
        return Stream.concat(COMMON.stream(), Attribute.allFrom(schema.path("attributes")).stream())
                .toList();
    }

    private static ObjectNode file(String name) {
        try (InputStream file = Schemas.class.getResourceAsStream(name)) {
            if (file != null && new ObjectMapper().readTree(file) instanceof ObjectNode schema) {
                return schema;
            }
            throw new IllegalStateException("the product lacks its file " + name);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The schemas as they are shown, without `meta`.
    static List<ObjectNode> documents() {
        return List.of(USER_FILE.deepCopy(), GROUP_FILE.deepCopy(), ENTERPRISE_FILE.deepCopy());
    }

    /// What is known of the attributes of a core schema, the common ones included.
    static List<Attribute> core(ResourceKind kind) {
        return switch (kind) {
            case USER -> USER;
            case GROUP -> GROUP;
        };
    }

    /// What is known of an extension's attributes; nothing of one that we do not know.
    static List<Attribute> extension(String schema) {
        return schema.equalsIgnoreCase(ENTERPRISE_USER) ? ENTERPRISE : List.of();
    }

    /// Whether attributes with this prefix stand at the top of the document.
    static boolean isCore(ResourceKind kind, String schema) {
        return schema.equalsIgnoreCase(kind.schema()) || schema.equalsIgnoreCase(CORE_1_0);
    }

    static boolean isKnownExtension(String schema) {
        return schema.equalsIgnoreCase(ENTERPRISE_USER);
    }

    static Optional<Attribute> find(ResourceKind kind, String name) {
        return Attribute.find(core(kind), name);
    }
}
