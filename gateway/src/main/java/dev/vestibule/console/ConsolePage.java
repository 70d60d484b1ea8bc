package dev.vestibule.console;

import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

/// A page of the console, at its [place][ConsolePlace] and below. Whoever asks has come through the
/// [door][ConsoleDoor]; a change comes from a page of ours. Safe to share between threads.
interface ConsolePage {

    /// Answers GET.
    Response show(Steward steward, Request request);

    /// Answers POST, with a redirect to what is shown then; what changes nothing is answered by a
    /// page. What lets somebody in, gives something away, or takes a person away for good asks for
    /// a [fresh][Steward#isFresh()] sign-in. Shutting out what can come back by asking again, a
    /// browser, an app, a tablet's key, a phone's webhook, is quick, and asks for none.
    Response change(Steward steward, Request request);
}
