package dev.vestibule.admission;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Page;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Pages;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.SignInWay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Whether whoever is signed in has proved lately who they are, and what they hear where they have
/// not (attack: a browser that was left open, or a stolen session, makes itself a key of its own).
/// The one rule for everything that asks for it. See docs/fresh-sign-in.md.
public final class RecentProof {

    /// Long enough to walk to a device and back.
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);

    private RecentProof() {}

    public static boolean isIn(LiveSession session, Instant now) {
        return session.authenticatedAt().plus(GOOD_FOR).isAfter(now);
    }

    /// Whether a fresh sign-in is no matter of course: the service in front let this person in, and
    /// asking them anew does not lead there.
    public static boolean isInFront(LiveSession session) {
        return session.way() == SignInWay.ASSERTION;
    }

    /// What to say, in a sentence.
    public static Text why(LiveSession session) {
        if (!isInFront(session)) {
            return text("fresh.text");
        }
        return text(isTold(session) ? "fresh.in-front.old" : "fresh.in-front.untold");
    }

    /// What to say, and where to go on.
    ///
    /// @param back the path to come back to
    public static List<Part> ask(LiveSession session, String back) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Paragraph(why(session)));
        if (!isInFront(session)) {
            parts.add(new Part.Button(text("fresh.button"), Paths.freshSignIn(back)));
            return parts;
        }
        parts.add(new Part.Button(text("fresh.in-front.button"), Paths.freshSignIn(back)));
        if (isTold(session)) {
            parts.add(new Part.LesserButton(text("fresh.in-front.again"), Paths.signIn(back)));
        }
        return parts;
    }

    /// As [#ask], a page of its own.
    public static Response page(LiveSession session, String back, String reference) {
        return Pages.answer(403, new Page(text("fresh.title"), ask(session, back), reference));
    }

    private static boolean isTold(LiveSession session) {
        return session.authenticatedAt().isAfter(Instant.EPOCH);
    }
}
