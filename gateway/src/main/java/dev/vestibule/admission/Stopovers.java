package dev.vestibule.admission;

import dev.vestibule.http.Response;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import java.util.List;
import java.util.Optional;

/// Leads people to the pages that they are to see first. Safe to share between threads.
record Stopovers(Secrets secrets, PendingChoiceStore choices, List<Stopover> all) {

    Stopovers {
        all = List.copyOf(all);
    }

    /// The way to the first page that somebody is to see; empty where there is none. With too many
    /// on their way, nobody is held up: what waits is shown another time.
    Optional<Response> first(Guest guest, Visitor visitor, Destination destination) {
        return all.stream()
                .flatMap(stopover -> stopover.page(guest, visitor, destination).stream())
                .findFirst()
                .flatMap(path -> lead(path, visitor, destination));
    }

    private Optional<Response> lead(String path, Visitor visitor, Destination destination) {
        Browser browser = Browser.findOrNew(visitor, secrets);
        return choices.insert(
                        visitor.home(), browser, new SignInWish(destination, Prompt.AS_NEEDED))
                .map(
                        choice ->
                                Response.redirect(visitor.origin().resolve(address(path, choice)))
                                        .with(browser.cookie(visitor.isSecure())));
    }

    private static String address(String path, Secret choice) {
        return path + "?choice=" + choice.reveal();
    }
}
