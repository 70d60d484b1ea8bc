package dev.vestibule.login;

import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Insider;

import java.net.URI;

/// What becomes of a browser that wants to be somewhere.
sealed interface Reception {

    /// It is signed in already.
    record Known(Insider insider) implements Reception {}

    /// What it carries proves who it is.
    record Proven(ProvenIdentity identity) implements Reception {}

    /// It has just signed out, and is asked before it is signed in again.
    record SignedOut() implements Reception {}

    /// Sign-in happens at the home's canonical address.
    record GoToCanonical(URI location) implements Reception {}

    /// It leaves for a provider.
    record Leave(URI location, Browser browser) implements Reception {}

    /// There are several providers.
    record Choose(Secret choice, Browser browser) implements Reception {}

    /// Its address, or everybody together, has begun too many sign-ins.
    record TooMany() implements Reception {}
}
