package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The operations of a PATCH request (RFC 7644 section 3.5.2), in every dialect that identity
/// systems speak. Immutable.
public final class Patch {

    private final ResourceKind kind;
    private final List<PatchOperation> operations;

    private Patch(ResourceKind kind, List<PatchOperation> operations) {
        this.kind = kind;
        this.operations = operations;
    }

    /// @throws ScimError invalidSyntax, invalidPath, invalidValue or noTarget where the request
    ///   cannot be meant for any document; 413 for too many operations
    public static Patch read(ResourceKind kind, JsonNode body) {
        JsonNode sent = body instanceof ObjectNode object ? operations(kind, object) : null;
        if (sent == null || !sent.isArray() || sent.isEmpty()) {
            throw ScimError.invalidSyntax("A PATCH needs a list of Operations.");
        }
        if (sent.size() > ScimLimits.PATCH_OPERATIONS_MAX) {
            throw ScimError.tooLarge(
                    "A PATCH has at most " + ScimLimits.PATCH_OPERATIONS_MAX + " Operations.");
        }
        return new Patch(
                kind,
                sent.valueStream().map(operation -> PatchOperation.read(kind, operation)).toList());
    }

    private static @Nullable JsonNode operations(ResourceKind kind, ObjectNode body) {
        try {
            OneReading.checkNames(body);
        } catch (ScimError twice) {
            throw OneReading.alarming(kind, body, twice);
        }
        return Fields.find(body, "Operations");
    }

    /// Applies all operations or none.
    ///
    /// @param id the resource's own; clients may send it along, but not change it
    /// @param document as it is kept, with all members; it stays as it is
    /// @return a new document, valid and ready to be kept
    public ObjectNode applyTo(String id, ObjectNode document) {
        PatchedDocument patched = new PatchedDocument(kind, id, document);
        operations.forEach(patched::apply);
        return Documents.from(kind, patched.result());
    }
}
