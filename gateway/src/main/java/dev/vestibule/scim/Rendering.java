package dev.vestibule.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.directory.Belonging;
import dev.vestibule.directory.DirectoryEntry;
import dev.vestibule.directory.StoredResource;
import dev.vestibule.resource.ResourceKind;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How resources look to their tenant: what was sent, with what the gateway knows beside it.
/// Immutable.
///
/// @param base the address of `/scim/v2`, from the configuration and never from a request
record Rendering(String base) {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    String location(ResourceKind kind, String id) {
        return base + "/" + kind.plural() + "/" + id;
    }

    String location(StoredResource resource) {
        return location(resource.kind(), resource.id());
    }

    ObjectNode show(DirectoryEntry entry) {
        StoredResource resource = entry.resource();
        ObjectNode document = resource.document();
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.set("schemas", document.path("schemas"));
        shown.put("id", resource.id());
        shown.setAll(document);
        if (resource.kind() == ResourceKind.USER) {
            shown.put("active", resource.isActive());
            shown.set("groups", groups(entry));
        }
        shown.set("meta", meta(entry));
        return shown;
    }

    private ArrayNode groups(DirectoryEntry entry) {
        ArrayNode groups = JsonNodeFactory.instance.arrayNode();
        for (Belonging group : entry.groups()) {
            groups.addObject()
                    .put("value", group.groupId())
                    .put("$ref", location(ResourceKind.GROUP, group.groupId()))
                    .put("display", group.displayName())
                    .put("type", group.isDirect() ? "direct" : "indirect");
        }
        return groups;
    }

    private ObjectNode meta(DirectoryEntry entry) {
        StoredResource resource = entry.resource();
        return JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", resource.kind().typeName())
                .put("created", moment(resource.createdAt()))
                .put("lastModified", moment(resource.updatedAt()))
                .put("location", location(resource))
                .put("version", EntityTags.of(entry));
    }

    private static String moment(Instant at) {
        return MOMENT.format(at);
    }
}
