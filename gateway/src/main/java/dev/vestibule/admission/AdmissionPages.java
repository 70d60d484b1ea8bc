package dev.vestibule.admission;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;
import dev.vestibule.oidc.Prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The pages that every way in may have to show. Each says what happened and what to do next;
/// nothing that a provider or Home Assistant wrote about an error is repeated.
public final class AdmissionPages {

    private static final String RETRY_AFTER_SECONDS = "10";

    private AdmissionPages() {}

    public static Response badRequest(String reference) {
        return problem(400, "bad-request", reference);
    }

    public static Response forbidden(String reference) {
        return problem(403, "forbidden", reference);
    }

    /// A tablet, or an emergency, has proved itself where only a person may.
    ///
    /// @param wanted where the ways in are shown again
    static Response notAPerson(Destination wanted, String reference) {
        return problem(403, "not-a-person", reference, anotherWay(wanted.address()));
    }

    public static Response notFound(String reference) {
        return problem(404, "not-found", reference, toStart());
    }

    public static Response tooMany(String reference) {
        return problem(429, "too-many", reference).with("retry-after", "60");
    }

    /// The answer of a provider came a second time, too late, or in another browser.
    public static Response stale(String reference) {
        return problem(400, "stale", reference, toStart());
    }

    /// Who starts again the same way comes here again.
    static Response proofGone(String reference) {
        return problem(403, "proof-gone", reference, anotherWay("/"));
    }

    /// 503 and not 502: proxies and tunnels in front put a page of their own in place of a 502.
    public static Response providerAway(String reference) {
        return problem(503, "provider-away", reference, again())
                .with("retry-after", RETRY_AFTER_SECONDS);
    }

    public static Response providerMisconfigured(String reference) {
        return problem(502, "provider-misconfigured", reference, again());
    }

    public static Response databaseAway(String reference) {
        return problem(503, "database-away", reference, again())
                .with("retry-after", RETRY_AFTER_SECONDS);
    }

    public static Response noRole(
            String name, String home, Destination destination, String reference) {
        Page page =
                new Page(
                        text("login.no-role.title"),
                        List.of(
                                new Paragraph(text("login.no-role.text", name, home)),
                                new Paragraph(text("login.no-role.next")),
                                new Button(
                                        text("login.no-role.button"),
                                        destination.address(Prompt.SELECT_ACCOUNT))),
                        reference);
        return Pages.answer(403, page);
    }

    public static Response suspended(String name, String reference) {
        Page page =
                new Page(
                        text("login.suspended.title"),
                        List.of(
                                new Paragraph(text("login.suspended.text", name)),
                                new Paragraph(text("login.suspended.next"))),
                        reference);
        return Pages.answer(403, page);
    }

    /// The way out is the provider, which the destination offers.
    public static Response lapsed(String name, Destination destination, String reference) {
        Page page =
                new Page(
                        text("login.lapsed.title"),
                        List.of(
                                new Paragraph(text("login.lapsed.text", name)),
                                new Button(text("login.lapsed.button"), destination.address())),
                        reference);
        return Pages.answer(403, page);
    }

    public static Response refusedByHome(HomeRefusal reason, String reference) {
        return problem(403, "home-" + key(reason), reference, toStart());
    }

    public static Response trouble(HomeTrouble trouble, String reference) {
        return problem(trouble.status(), "home-" + key(trouble), reference, again())
                .with("retry-after", RETRY_AFTER_SECONDS);
    }

    private static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Button toStart() {
        return new Button(text("login.to-start"), "/");
    }

    private static Button anotherWay(String to) {
        return new Button(text("login.another-way"), to);
    }

    private static Button again() {
        return new Button(text("login.again"), "/");
    }

    /// @param key the messages `login.KEY.title` and `login.KEY.text`
    /// @param more what follows the text
    public static Response problem(int status, String key, String reference, Part... more) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Paragraph(text("login." + key + ".text")));
        parts.addAll(List.of(more));
        return Pages.answer(status, new Page(text("login." + key + ".title"), parts, reference));
    }
}
