package dev.vestibule.http;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

import java.util.List;
import java.util.Map;

/// Writes a [Page] as HTML, in the one layout that all our pages have.
public final class Pages {

    /// Where the build puts the templates that it made classes of; see `gateway/pom.xml`.
    private static final String PACKAGE = "dev.vestibule.http.generated";

    private static final TemplateEngine TEMPLATES =
            TemplateEngine.createPrecompiled(
                    null, ContentType.Html, Pages.class.getClassLoader(), PACKAGE);

    private Pages() {}

    public static String render(Page page, Language language) {
        StringOutput output = new StringOutput();
        TEMPLATES.render(
                "page.jte",
                Map.of(
                        "page", page,
                        "language", language,
                        "stylesheet", Assets.pathOf(Assets.STYLESHEET),
                        "door", Assets.pathOf(Assets.DOOR),
                        "htmx", Assets.pathOf(Assets.HTMX),
                        "placesLabel", Messages.text("page.places"),
                        "name", Messages.text("page.name"),
                        "referenceLabel", Messages.text("page.reference")),
                output);
        return output.toString();
    }

    public static Response answer(int status, Page page) {
        return answer(status, page, List.of());
    }

    /// A page with a form whose answer may send the browser on to other places.
    ///
    /// @param formTargets origins, or schemes such as `homeassistant:`, as CSP has them. They are
    ///   named because browsers hold redirects after a form against the page's `form-action` (CSP
    ///   level 3 section 6.4.1.1)
    public static Response answer(int status, Page page, List<String> formTargets) {
        return Response.page(status, page, formTargets);
    }
}
