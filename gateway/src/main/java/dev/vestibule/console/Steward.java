package dev.vestibule.console;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.revocation.Cause;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import java.util.Set;

/// An administrator at the console.
///
/// @param homes where they are one and may act from here; at least the home they came to, and no
///   other unless that is the first one of the gateway
/// @param isEverywhere whether those are all homes of the gateway
/// @param isFresh whether they have proven lately who they are
record Steward(
        Visitor visitor,
        Insider insider,
        Set<HomeId> homes,
        boolean isEverywhere,
        boolean isFresh) {

    Steward {
        homes = Set.copyOf(homes);
    }

    /// Whether what outlives their session, or gives a user away, is theirs to decide: never in an
    /// emergency.
    boolean mayGiveAway() {
        return insider.session().way().isAPersonsOwn();
    }

    AccountId account() {
        return insider.account().id();
    }

    boolean mayEnter(ConsolePlace place) {
        return switch (place.reach()) {
            case OWN_HOMES -> true;
            case EVERY_HOME -> isEverywhere;
        };
    }

    /// Who it was, for the audit log: the id, since people choose their names (attack: somebody who
    /// is called `console`).
    Actor actor() {
        return new Actor("account " + account().value(), visitor.address());
    }

    Cause cause() {
        return new Cause(actor().by(), EndReason.BY_ADMINISTRATOR, actor().address());
    }
}
