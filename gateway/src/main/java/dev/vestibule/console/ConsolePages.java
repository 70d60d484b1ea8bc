package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.RecentProof;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Alert;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.NoNews;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Place;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What every page of the console has around it.
final class ConsolePages {

    /// The part of a page that looks for news by itself.
    static final String NEWS = "news";

    /// What htmx takes for the end of looking: a page that goes on would begin a sign-in every few
    /// seconds, or a new session where a proxy vouches for everybody.
    private static final int STOP_LOOKING = 286;

    private ConsolePages() {}

    /// A page, with what was done just now.
    static Response page(
            Steward steward, Request request, ConsolePlace place, Text title, List<Part> parts) {
        Stream<Part> notice =
                request.query().single("done").flatMap(ConsoleNotice::of).stream()
                        .map(done -> new Part.Notice(done.text()));
        return Pages.answer(
                200,
                new Page(
                        title,
                        Stream.concat(notice, parts.stream()).toList(),
                        "",
                        places(steward, place)));
    }

    private static List<Place> places(Steward steward, ConsolePlace here) {
        return Arrays.stream(ConsolePlace.values())
                .filter(steward::mayEnter)
                .map(place -> new Place(place.label(), place.path(), place == here))
                .toList();
    }

    /// After a change: what is shown then.
    ///
    /// @param to a path of our own
    static Response goTo(Steward steward, String to) {
        return Response.redirect(steward.visitor().origin().resolve(to));
    }

    /// What was asked for cannot be done, or not now; nothing was changed.
    ///
    /// @param back the page it was asked on
    static Response refused(Steward steward, ConsolePlace place, Text why, String back) {
        return problem(steward, place, 409, "refused", List.of(new Alert(why), back(back)));
    }

    /// What was asked for makes no sense.
    static Response unreadable(Steward steward, ConsolePlace place, Text why) {
        return problem(
                steward, place, 400, "unreadable", List.of(new Alert(why), back(place.path())));
    }

    /// Whoever found a browser open proves first who they are.
    static Response notFresh(Steward steward, ConsolePlace place, String back) {
        return problem(
                steward,
                place,
                403,
                "not-fresh",
                Stream.concat(
                                Stream.of(new Paragraph(text("console.not-fresh.text"))),
                                RecentProof.ask(steward.insider().session(), back).stream())
                        .toList());
    }

    static Response notFound(Steward steward, ConsolePlace place) {
        return problem(
                steward,
                place,
                404,
                "not-found",
                List.of(new Paragraph(text("console.not-found.text")), back(place.path())));
    }

    private static Button back(String to) {
        return new Button(text("console.back"), to);
    }

    private static Response problem(
            Steward steward, ConsolePlace here, int status, String key, List<Part> parts) {
        return Pages.answer(
                status,
                new Page(
                        text("console." + key + ".title"),
                        new ArrayList<>(parts),
                        steward.visitor().reference(),
                        places(steward, here)));
    }

    /// What a page that looks for news shows instead when its administrator may not come in any
    /// more, or has to sign in again; going on is theirs.
    static Response noMoreNews(ConsolePlace place) {
        return Pages.answer(
                STOP_LOOKING,
                Page.of(
                        place.label(),
                        new NoNews(
                                NEWS,
                                List.of(
                                        new Alert(text("console.no-more-news.text")),
                                        new Button(
                                                text("console.no-more-news.again"),
                                                place.path())))));
    }

    static Response notForYou(String reference) {
        return Pages.answer(
                403,
                new Page(
                        text("console.not-for-you.title"),
                        List.of(
                                new Paragraph(text("console.not-for-you.text")),
                                new Button(text("problem.home"), "/")),
                        reference));
    }
}
