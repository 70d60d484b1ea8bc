package dev.vestibule.scim;

import dev.vestibule.directory.Directory;
import dev.vestibule.directory.Search;
import dev.vestibule.directory.Window;
import dev.vestibule.http.Response;
import dev.vestibule.resource.Documents;
import dev.vestibule.resource.Filter;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.Selection;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lists and searches (RFC 7644 sections 3.4.2 and 3.4.3). The order is that in which resources
/// were made, users before groups. Safe to share between threads.
final class SearchEndpoint {

    private static final List<ResourceKind> ALL = List.of(ResourceKind.USER, ResourceKind.GROUP);

    private final Directory directory;

    SearchEndpoint(Directory directory) {
        this.directory = directory;
    }

    /// `GET /Users?filter=...`
    Response byQuery(ScimRequest request, ResourceKind kind) {
        return search(request, List.of(kind), SearchQuery.of(request.http().query()));
    }

    /// `GET /?filter=...`
    Response everything(ScimRequest request) {
        return request.method().equals("GET")
                ? search(request, ALL, SearchQuery.of(request.http().query()))
                : ScimAnswers.otherMethod("GET, HEAD");
    }

    /// `POST /Users/.search`
    Response byBody(ScimRequest request, ResourceKind kind) {
        return byBody(request, List.of(kind));
    }

    /// `POST /.search`
    Response byBody(ScimRequest request) {
        return byBody(request, ALL);
    }

    private Response byBody(ScimRequest request, List<ResourceKind> kinds) {
        if (!request.method().equals("POST")) {
            return ScimAnswers.otherMethod("POST");
        }
        MediaTypes.requireJson(request.http().headers());
        return search(request, kinds, SearchQuery.of(Documents.read(request.http().body())));
    }

    private Response search(ScimRequest request, List<ResourceKind> kinds, SearchQuery query) {
        Window window = new Window(query.startIndex() - 1, query.count());
        ListResponse page = new ListResponse();
        for (ResourceKind kind : kinds) {
            Selection selection = query.selection(kind);
            Optional<Filter> filter = query.filter().map(text -> Filter.parse(kind, text));
            directory.search(
                    request.tenant(),
                    new Search(
                            kind,
                            filter,
                            mayReadGroups(query.filter()),
                            request.rendering()::show,
                            shown -> page.add(selection.applyTo(shown))),
                    window);
        }
        return ScimAnswers.json(200, page.finish(window.total(), query.startIndex()));
    }

    /// However an attribute is written, its name is in it. The version of a user has a mark of the
    /// groups.
    private static boolean mayReadGroups(Optional<String> filter) {
        String text = filter.orElse("").toLowerCase(Locale.ROOT);
        return text.contains("groups") || text.contains("meta");
    }
}
