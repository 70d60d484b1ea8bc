package dev.vestibule.passkey;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.RecentProof;
import dev.vestibule.http.Response;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.Visitor;

import java.time.InstantSource;
import java.util.Optional;

/// Knows whose passkeys a visitor may see and change: their own, and nobody's else. Safe to share
/// between threads.
final class Owners {

    private final InstantSource time;
    private final Insiders insiders;
    private final PasskeySites sites;
    private final NewPasskeys unseen;

    Owners(InstantSource time, Insiders insiders, PasskeySites sites, NewPasskeys unseen) {
        this.time = time;
        this.insiders = insiders;
        this.sites = sites;
        this.unseen = unseen;
    }

    /// Who it is, or what they hear instead.
    sealed interface Entry {

        /// @param isFresh whether they have proven lately who they are
        /// @param isByNewPasskey whether they came in with one that they were not asked about; they
        ///   add none (attack: a second key that vouches for the first)
        record Owner(Insider insider, PasskeySite site, boolean isFresh, boolean isByNewPasskey)
                implements Entry {}

        record TurnedAway(Response answer) implements Entry {}
    }

    /// @param back the path to come back to after signing in
    Entry enter(Visitor visitor, String back) {
        Optional<PasskeySite> site = sites.of(visitor);
        if (site.isEmpty()) {
            return new Entry.TurnedAway(AdmissionPages.notFound(visitor.reference()));
        }
        if (!visitor.origin().equals(site.get().canonical())) {
            return new Entry.TurnedAway(Response.redirect(site.get().canonical().resolve(back)));
        }
        Optional<Insider> insider = insiders.find(visitor);
        if (insider.isEmpty()) {
            return new Entry.TurnedAway(
                    Response.redirect(visitor.origin().resolve(Paths.signIn(back))));
        }
        if (!insider.get().session().way().isAPersonsOwn()) {
            return new Entry.TurnedAway(PasskeyPages.notForThisSignIn(visitor.reference()));
        }
        return new Entry.Owner(
                insider.get(),
                site.get(),
                RecentProof.isIn(insider.get().session(), time.instant()),
                unseen.hasBegunByOne(insider.get().session()));
    }
}
