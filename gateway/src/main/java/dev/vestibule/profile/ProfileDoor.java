package dev.vestibule.profile;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Paths;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// Who comes to their profile: a browser that is signed in by a way that is a person's own. The
/// emergency administrator may look and changes nothing. Wall tablets never come in (attack:
/// whoever stands before one). Safe to share between threads.
record ProfileDoor(Insiders insiders) {

    /// Who it is, or what they hear instead.
    sealed interface Entry {

        record Entered(Self self) implements Entry {}

        record TurnedAway(Response answer) implements Entry {}
    }

    Entry enter(Request request, ProfilePlace place) {
        Visitor visitor = Visitor.of(request);
        Optional<Insider> insider = insiders.find(visitor);
        if (insider.isEmpty()) {
            return new Entry.TurnedAway(
                    Response.redirect(visitor.origin().resolve(Paths.signIn(place.path()))));
        }
        Self self = new Self(visitor, insider.get());
        if (self.session().way() == SignInWay.KIOSK || !self.mayEnter(place)) {
            return new Entry.TurnedAway(ProfilePages.notForYou(visitor.reference()));
        }
        return isOwnForm(request, visitor)
                ? new Entry.Entered(self)
                : new Entry.TurnedAway(AdmissionPages.forbidden(visitor.reference()));
    }

    /// Attack: a form on another site that a person's browser posts.
    private static boolean isOwnForm(Request request, Visitor visitor) {
        return !request.method().equals("POST") || OriginCheck.isOwn(visitor);
    }
}
