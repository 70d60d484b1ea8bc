package dev.vestibule.scim;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.directory.Directory;
import dev.vestibule.directory.DirectoryEntry;
import dev.vestibule.http.Problems;
import dev.vestibule.http.Response;
import dev.vestibule.resource.Documents;
import dev.vestibule.resource.Patch;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.resource.Selection;

/// `/Users` and `/Groups` (RFC 7644 sections 3.3 to 3.6). Safe to share between threads.
final class ResourceEndpoint {

    private final Directory directory;
    private final SearchEndpoint searches;

    ResourceEndpoint(Directory directory, SearchEndpoint searches) {
        this.directory = directory;
        this.searches = searches;
    }

    Response collection(ScimRequest request, ResourceKind kind) {
        return switch (request.method()) {
            case "GET" -> searches.byQuery(request, kind);
            case "POST" -> create(request, kind);
            default -> ScimAnswers.otherMethod("GET, HEAD, POST");
        };
    }

    Response one(ScimRequest request, ResourceKind kind, String id) {
        return switch (request.method()) {
            case "GET" -> get(request, kind, id);
            case "PUT" -> replace(request, kind, id);
            case "PATCH" -> patch(request, kind, id);
            case "DELETE" -> delete(request, kind, id);
            default -> ScimAnswers.otherMethod("DELETE, GET, HEAD, PATCH, PUT");
        };
    }

    private Response create(ScimRequest request, ResourceKind kind) {
        Selection selection = selection(request, kind);
        DirectoryEntry made =
                directory.create(request.asking(), kind, Documents.from(kind, body(request)));
        return shown(request, selection, made, 201)
                .with("location", request.rendering().location(made.resource()));
    }

    private Response get(ScimRequest request, ResourceKind kind, String id) {
        Selection selection = selection(request, kind);
        DirectoryEntry found =
                directory
                        .find(request.tenant(), kind, id)
                        .orElseThrow(() -> ScimError.notFound("There is no such resource."));
        String tag = EntityTags.of(found);
        return EntityTags.isKnown(request.http().headers(), tag)
                ? Response.empty(304).with("etag", tag)
                : shown(request, selection, found, 200);
    }

    private Response replace(ScimRequest request, ResourceKind kind, String id) {
        Selection selection = selection(request, kind);
        DirectoryEntry after =
                directory.replace(
                        request.asking(),
                        kind,
                        id,
                        EntityTags.ifMatch(request.http().headers()),
                        Documents.from(kind, body(request)));
        return shown(request, selection, after, 200);
    }

    /// Entra wants no body back for a group, whose members may be many. SCIM-SDK takes for a
    /// failure what does not say that it is SCIM, nothing too.
    private Response patch(ScimRequest request, ResourceKind kind, String id) {
        Selection selection = selection(request, kind);
        DirectoryEntry after =
                directory.patch(
                        request.asking(),
                        kind,
                        id,
                        EntityTags.ifMatch(request.http().headers()),
                        Patch.read(kind, body(request)));
        boolean wantsBody = kind == ResourceKind.USER || SearchQuery.asksForAttributes(request);
        return wantsBody
                ? shown(request, selection, after, 200)
                : Response.empty(204)
                        .with("content-type", Problems.SCIM_JSON)
                        .with("etag", EntityTags.of(after));
    }

    private Response delete(ScimRequest request, ResourceKind kind, String id) {
        directory.delete(request.asking(), kind, id, EntityTags.ifMatch(request.http().headers()));
        return Response.empty(204);
    }

    private static JsonNode body(ScimRequest request) {
        MediaTypes.requireJson(request.http().headers());
        return Documents.read(request.http().body());
    }

    private static Selection selection(ScimRequest request, ResourceKind kind) {
        return SearchQuery.selection(request.http().query(), kind);
    }

    private static Response shown(
            ScimRequest request, Selection selection, DirectoryEntry entry, int status) {
        return ScimAnswers.json(status, selection.applyTo(request.rendering().show(entry)))
                .with("etag", EntityTags.of(entry));
    }
}
