package dev.vestibule.profile;

import dev.vestibule.http.Request;
import dev.vestibule.http.Response;

/// A page of the profile. Whoever asks has come through the [door][ProfileDoor]; a change comes
/// from a page of ours. Safe to share between threads.
interface ProfilePage {

    /// Answers GET, and POST with a redirect to what is shown then.
    Response answer(Self self, Request request);
}
