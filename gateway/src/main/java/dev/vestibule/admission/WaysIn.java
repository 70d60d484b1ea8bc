package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import java.util.List;
import java.util.Optional;

/// The ways in beside the identity providers, in the order in which they are asked and shown.
public record WaysIn(List<SilentWay> silent, List<OfferedWay> offered) {

    public WaysIn {
        silent = List.copyOf(silent);
        offered = List.copyOf(offered);
    }

    /// Whom the request itself proves; the first way that says anything is believed.
    public Optional<ProvenIdentity> identify(Visitor visitor, Optional<Insider> insider) {
        return silent.stream().flatMap(way -> way.identify(visitor, insider).stream()).findFirst();
    }

    /// See [SilentWay#namesAnother].
    public boolean nameAnother(Visitor visitor, AccountId account, Issuer issuer) {
        return silent.stream().anyMatch(way -> way.namesAnother(visitor, account, issuer));
    }

    /// Those that are there for a browser that has just signed out, too.
    public WaysIn thatComeBack() {
        return new WaysIn(
                silent.stream().filter(SilentWay::comesBack).toList(),
                offered.stream().filter(OfferedWay::comesBack).toList());
    }

    /// Whether any of them is one for whoever is signed in as nobody.
    public boolean areFor(Visitor visitor) {
        return identify(visitor, Optional.empty()).isPresent() || !offeredTo(visitor).isEmpty();
    }

    /// What the sign-in page offers this visitor.
    public List<OfferedWay> offeredTo(Visitor visitor) {
        return offered.stream().filter(way -> way.isOffered(visitor)).toList();
    }
}
