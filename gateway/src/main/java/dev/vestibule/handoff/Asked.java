package dev.vestibule.handoff;

import dev.vestibule.http.Parameters;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// Which hand-off the page of an app speaks of, and by what its browser is known.
record Asked(ShortCode link, Browser browser) {

    /// Empty where either is missing, so that no hand-off can be meant.
    static Optional<Asked> of(Parameters parameters, Visitor visitor) {
        return parameters
                .single("link")
                .flatMap(ShortCode::read)
                .flatMap(link -> Browser.find(visitor).map(browser -> new Asked(link, browser)));
    }
}
