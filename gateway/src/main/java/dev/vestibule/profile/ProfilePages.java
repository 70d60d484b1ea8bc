package dev.vestibule.profile;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Paths;
import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Button;
import dev.vestibule.http.Page.Part.Paragraph;
import dev.vestibule.http.Page.Place;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What every page of the profile has around it. Safe to share between threads.
record ProfilePages(Neighbours neighbours) {

    /// A page, with what was done just now.
    Response page(Self self, Request request, ProfilePlace place, List<Part> parts) {
        Stream<Part> notice =
                request.query().single("done").flatMap(ProfileNotice::of).stream()
                        .map(done -> new Part.Notice(done.text()));
        return Pages.answer(
                200,
                new Page(
                        place.label(),
                        Stream.concat(notice, parts.stream()).toList(),
                        "",
                        places(self, place)));
    }

    private List<Place> places(Self self, ProfilePlace here) {
        List<Place> places = new ArrayList<>();
        Arrays.stream(ProfilePlace.values())
                .filter(self::mayEnter)
                .map(place -> new Place(place.label(), place.path(), place == here))
                .forEach(places::add);
        if (hasPasskeys(self)) {
            places.add(new Place(text("profile.passkeys"), Paths.PASSKEYS, false));
        }
        if (self.isAdministrator()) {
            places.add(new Place(text("profile.console"), Paths.CONSOLE, false));
        }
        places.add(new Place(text("profile.home-assistant"), "/", false));
        return places;
    }

    boolean hasPasskeys(Self self) {
        return self.isAPersonsOwn() && neighbours.passkeys().test(self.visitor());
    }

    boolean mayLink(Self self) {
        return self.isAPersonsOwn() && neighbours.linking().test(self.visitor());
    }

    /// What was asked for is not there, or somebody else's, which nobody can tell apart.
    Response notFound(Self self, ProfilePlace place) {
        return Pages.answer(
                404,
                new Page(
                        text("profile.not-found.title"),
                        List.of(
                                new Paragraph(text("profile.not-found.text")),
                                new Button(text("profile.back"), place.path())),
                        self.visitor().reference(),
                        places(self, place)));
    }

    static Response done(Self self, ProfilePlace place, ProfileNotice notice) {
        return Response.redirect(self.visitor().origin().resolve(notice.at(place)));
    }

    static Response notForYou(String reference) {
        return Pages.answer(
                403,
                new Page(
                        text("profile.not-for-you.title"),
                        List.of(
                                new Paragraph(text("profile.not-for-you.text")),
                                AdmissionPages.toStart()),
                        reference));
    }
}
