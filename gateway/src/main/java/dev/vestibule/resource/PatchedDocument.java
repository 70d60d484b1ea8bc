package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/// A document while the operations of a PATCH are applied to a copy of it. Here stands what may be
/// changed; how an attribute changes is said in [PatchedAttribute].
final class PatchedDocument {

    private final ResourceKind kind;
    private final String id;
    private final ObjectNode document;
    private int terms;

    PatchedDocument(ResourceKind kind, String id, ObjectNode before) {
        this.kind = kind;
        this.id = id;
        this.document = before.deepCopy();
    }

    ObjectNode result() {
        return document;
    }

    void apply(PatchOperation operation) {
        PatchPath path = operation.path();
        JsonNode value = operation.value();
        if (path != null) {
            applyTo(operation.verb(), path, value, true);
        } else if (value instanceof ObjectNode members) {
            applyMembers(operation.verb(), members);
        } else {
            throw ScimError.invalidValue("An operation without a path needs an object as value.");
        }
    }

    /// Without a path, the members of the value are attributes. Their names may be paths: Okta and
    /// Entra write `name.givenName` and URNs there.
    private void applyMembers(PatchOperation.Verb verb, ObjectNode members) {
        for (var member : members.properties()) {
            String name = member.getKey();
            if (Schemas.isCore(kind, name) && member.getValue() instanceof ObjectNode inner) {
                applyMembers(verb, inner);
            } else {
                applyMember(verb, name, member.getValue());
            }
        }
    }

    private void applyMember(PatchOperation.Verb verb, String name, JsonNode value) {
        PatchPath path = FilterParser.path(kind, name);
        boolean isExtension = value.isObject() && isUnknownExtension(path.attribute());
        applyTo(
                verb,
                isExtension ? PatchPath.to(new AttributePath(null, name, null)) : path,
                value,
                false);
    }

    private boolean isUnknownExtension(AttributePath attribute) {
        String schema = attribute.schema();
        return schema != null
                && !Schemas.isKnownExtension(schema)
                && Fields.keyOf(document, schema) == null;
    }

    /// @param isAsked whether the operation is about this attribute; of what it only sends along,
    ///   what is ours is passed over
    private void applyTo(
            PatchOperation.Verb verb, PatchPath path, @Nullable JsonNode value, boolean isAsked) {
        countTerms(path);
        AttributePath attribute = path.attribute();
        if (attribute.isTop("id")) {
            checkId(value);
        } else if (attribute.isTop("meta") || isGroupsOfUser(attribute)) {
            if (isAsked) {
                throw ScimError.mutability(attribute.name() + " is read-only.");
            }
        } else if (isActive(attribute)) {
            applyToActive(verb, path, value);
        } else if (!attribute.isTop("password")) {
            change(verb, path, value);
        }
    }

    private void countTerms(PatchPath path) {
        terms += path.terms();
        if (terms > ScimLimits.PATCH_TERMS_MAX) {
            throw ScimError.tooLarge(
                    "The paths of a PATCH have at most "
                            + ScimLimits.PATCH_TERMS_MAX
                            + " comparisons.");
        }
    }

    private void checkId(@Nullable JsonNode value) {
        if (value == null || !value.isTextual() || !value.textValue().equals(id)) {
            throw ScimError.mutability("id is read-only.");
        }
    }

    private boolean isGroupsOfUser(AttributePath attribute) {
        return kind == ResourceKind.USER && attribute.isTop("groups");
    }

    private boolean isActive(AttributePath attribute) {
        return kind == ResourceKind.USER && attribute.isTop(Active.NAME);
    }

    private void applyToActive(PatchOperation.Verb verb, PatchPath path, @Nullable JsonNode value) {
        boolean isWhole = path.filter() == null && path.attribute().part() == null;
        if (!isWhole || verb == PatchOperation.Verb.REMOVE) {
            throw ScimError.unreadableActive();
        }
        document.set(Active.NAME, Active.read(value));
    }

    private void change(PatchOperation.Verb verb, PatchPath path, @Nullable JsonNode value) {
        JsonNode put = verb == PatchOperation.Verb.REMOVE || isNothing(value) ? null : value;
        if (put == null && verb == PatchOperation.Verb.ADD) {
            return;
        }
        AttributePath place = path.attribute().in(document);
        if (place.isExtension()) {
            changeExtension(verb, place.name(), path.filter(), put);
        } else if (put == null) {
            checkRemovable(place, path.filter());
            remove(place, path.filter(), verb == PatchOperation.Verb.REMOVE ? value : null);
        } else {
            ObjectNode container = place.schema() == null ? document : extension(place.schema());
            PatchedAttribute.at(place, kind, container).put(verb, path.filter(), put);
        }
    }

    private static boolean isNothing(@Nullable JsonNode value) {
        return value == null || value.isNull();
    }

    private void changeExtension(
            PatchOperation.Verb verb,
            String schema,
            @Nullable Condition filter,
            @Nullable JsonNode value) {
        if (filter != null) {
            throw ScimError.invalidPath("An extension has no elements.");
        }
        if (value instanceof ObjectNode members) {
            extension(schema);
            for (var member : members.properties()) {
                AttributePath place = new AttributePath(schema, member.getKey(), null);
                change(verb, PatchPath.to(place), member.getValue());
            }
        } else {
            String key = Fields.keyOf(document, schema);
            document.remove(key == null ? schema : key);
            if (value != null) {
                document.set(key == null ? schema : key, value);
            }
        }
    }

    /// The object that holds an extension's attributes; made, and named in `schemas`, when needed.
    private ObjectNode extension(String schema) {
        JsonNode present = Fields.find(document, schema);
        if (present instanceof ObjectNode extension) {
            return extension;
        }
        if (present != null) {
            throw ScimError.invalidPath("What is named in front of the attribute is no extension.");
        }
        nameInSchemas(schema);
        String key = Fields.keyOf(document, schema);
        String canonical = Schemas.isKnownExtension(schema) ? Schemas.ENTERPRISE_USER : schema;
        return document.putObject(key == null ? canonical : key);
    }

    private void nameInSchemas(String schema) {
        if (document.get("schemas") instanceof ArrayNode schemas
                && schemas.valueStream().noneMatch(s -> s.asText().equalsIgnoreCase(schema))) {
            schemas.add(Schemas.isKnownExtension(schema) ? Schemas.ENTERPRISE_USER : schema);
        }
    }

    private void remove(
            AttributePath place, @Nullable Condition filter, @Nullable JsonNode listed) {
        String schema = place.schema();
        if (schema == null) {
            PatchedAttribute.at(place, kind, document).remove(filter, listed);
        } else if (Fields.find(document, schema) instanceof ObjectNode extension) {
            PatchedAttribute.at(place, kind, extension).remove(filter, listed);
            if (extension.isEmpty()) {
                document.remove(Fields.keyOf(document, schema));
            }
        }
    }

    /// Of what is required, nothing may be left (RFC 7644 section 3.5.2.2).
    private void checkRemovable(AttributePath place, @Nullable Condition filter) {
        boolean isRequired =
                place.isTop("schemas")
                        || switch (kind) {
                            case USER -> place.isTop("userName");
                            case GROUP -> place.isTop("displayName");
                        };
        if (isRequired && filter == null && place.part() == null) {
            throw ScimError.mutability(place.name() + " is required.");
        }
    }
}
