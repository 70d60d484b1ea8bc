package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads the bodies of requests, and makes documents of them that may be kept.
///
/// A document holds what was sent, attributes and schemas that nobody knows included. It is without
/// `id`, `meta` and `groups`, which are ours to say, and without `password`, which nobody needs to
/// know; its `active`, where given, is a boolean; its members are each there once.
public final class Documents {

    private static final String EXTERNAL_ID = "externalId";
    private static final String SCHEMAS = "schemas";
    private static final String PASSWORD = "password";

    /// What a client cannot say.
    private static final List<String> OURS = List.of("id", "meta", "groups");

    private Documents() {}

    /// Reads a body. Names that are there twice make it unreadable, and so does anything behind it.
    ///
    /// @throws ScimError invalidSyntax, or 413 where it is too large
    public static JsonNode read(byte[] body) {
        return StrictJson.read(body);
    }

    /// A document as it is stored: numbers keep their digits.
    public static String text(ObjectNode document) {
        return new String(StrictJson.write(document), StandardCharsets.UTF_8);
    }

    /// A new, valid document; the body stays as it is.
    public static ObjectNode from(ResourceKind kind, JsonNode body) {
        if (!(body instanceof ObjectNode sent)) {
            throw ScimError.invalidSyntax("The body must be an object.");
        }
        ObjectNode document = CanonicalNames.of(kind, sent).deepCopy();
        document.properties().removeIf(member -> isOurs(member.getKey()));
        dropPasswords(document);
        completeSchemas(kind, document);
        switch (kind) {
            case USER -> checkUser(document);
            case GROUP -> checkGroup(document);
        }
        checkShapes(kind, document);
        checkSize(withoutMembers(document));
        return document;
    }

    /// What a PUT makes of the document before: `active` and `externalId` stay where the request
    /// does not speak of them, everything else goes that was not sent again.
    public static ObjectNode replacing(ObjectNode before, ObjectNode sent) {
        ObjectNode after = sent.deepCopy();
        for (String name : List.of(Active.NAME, EXTERNAL_ID)) {
            JsonNode old = before.get(name);
            if (old != null && Fields.find(after, name) == null) {
                after.set(name, old.deepCopy());
            }
        }
        return after;
    }

    /// Whether the person may come in. Who was sent without a word about it may.
    public static boolean isActive(ObjectNode user) {
        JsonNode active = user.get(Active.NAME);
        return active == null || active.booleanValue();
    }

    /// Also those of extensions that nobody knows, which would be kept as they were sent: nothing
    /// here needs them, and whoever reads the database may not have them.
    private static void dropPasswords(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(member -> isPassword(member.getKey()));
        }
        node.forEach(Documents::dropPasswords);
    }

    private static boolean isPassword(String name) {
        int start = Math.max(name.lastIndexOf(':'), name.lastIndexOf('.')) + 1;
        return name.substring(start).equalsIgnoreCase(PASSWORD);
    }

    private static boolean isOurs(String name) {
        return OURS.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static void completeSchemas(ResourceKind kind, ObjectNode document) {
        JsonNode schemas = Fields.find(document, SCHEMAS);
        if (schemas == null || (schemas.isArray() && schemas.isEmpty())) {
            document.set(SCHEMAS, document.arrayNode().add(kind.schema()));
        } else if (!schemas.isArray() || !schemas.valueStream().allMatch(JsonNode::isTextual)) {
            throw ScimError.invalidValue("schemas must be a list of URNs.");
        }
    }

    private static void checkUser(ObjectNode document) {
        Texts.checkRequired("userName", Fields.find(document, "userName"));
        checkNames(document);
        if (document.has(Active.NAME)) {
            document.set(Active.NAME, Active.read(document.get(Active.NAME)));
        }
    }

    private static void checkGroup(ObjectNode document) {
        Texts.checkRequired("displayName", Fields.find(document, "displayName"));
        checkNames(document);
        JsonNode members = Fields.find(document, Members.NAME);
        if (members == null) {
            document.remove(Members.NAME);
            return;
        }
        if (!members.isArray()) {
            throw ScimError.invalidValue("members must be a list.");
        }
        document.set(Members.NAME, document.arrayNode().addAll(Members.read(members)));
    }

    private static void checkNames(ObjectNode document) {
        Texts.checkOptional("displayName", Fields.find(document, "displayName"));
        JsonNode externalId = Fields.find(document, EXTERNAL_ID);
        if (externalId == null || isEmptyText(externalId)) {
            // A template of the identity system that had nothing to fill in.
            document.remove(EXTERNAL_ID);
        } else {
            Texts.checkRequired(EXTERNAL_ID, externalId);
        }
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isTextual() && value.textValue().isEmpty();
    }

    /// What others may rely on when they read a document: lists are lists.
    private static void checkShapes(ResourceKind kind, ObjectNode document) {
        for (Attribute attribute : Schemas.core(kind)) {
            JsonNode value = Fields.find(document, attribute.name());
            if (value == null) {
                continue;
            }
            if (attribute.isMultiValued() && !value.isArray()) {
                throw ScimError.invalidValue(attribute.name() + " must be a list.");
            }
            if (attribute.isComplex() && !attribute.isMultiValued() && !value.isObject()) {
                throw ScimError.invalidValue(attribute.name() + " must be an object.");
            }
        }
    }

    private static ObjectNode withoutMembers(ObjectNode document) {
        ObjectNode rest = document.objectNode().setAll(document);
        rest.remove(Members.NAME);
        return rest;
    }

    private static void checkSize(ObjectNode document) {
        if (StrictJson.write(document).length > ScimLimits.DOCUMENT_BYTES_MAX) {
            throw ScimError.tooLarge(
                    "A resource has at most " + ScimLimits.DOCUMENT_BYTES_MAX + " bytes.");
        }
        checkCounts(document);
    }

    private static void checkCounts(JsonNode node) {
        int most = node.isObject() ? ScimLimits.OBJECT_NAMES_MAX : ScimLimits.VALUES_MAX;
        if (node.size() > most) {
            throw ScimError.tooLarge(
                    "A resource has at most "
                            + ScimLimits.OBJECT_NAMES_MAX
                            + " names in one object and "
                            + ScimLimits.VALUES_MAX
                            + " values in one list.");
        }
        node.forEach(Documents::checkCounts);
    }
}
