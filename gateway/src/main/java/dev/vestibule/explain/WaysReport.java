package dev.vestibule.explain;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Entitlement;
import dev.vestibule.admission.Prospect;
import dev.vestibule.admission.Prospects;
import dev.vestibule.config.HomeId;
import dev.vestibule.explain.Means.Proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// By which ways somebody could come in now, and why not by the others. Each way says what they
/// would prove, and the judges of a sign-in what would follow. Safe to share between threads; waits
/// for the database, and for Home Assistant where a way has to ask it.
public final class WaysReport {

    private final List<HomeId> homes;
    private final Predicate<HomeId> isLeft;
    private final List<AskedWay> ways;
    private final Prospects prospects;
    private final AccountStore accounts;

    /// @param isLeft whether the operator takes the gateway away from a home, or did
    /// @param ways in the order in which they are told
    public WaysReport(
            List<HomeId> homes,
            Predicate<HomeId> isLeft,
            List<AskedWay> ways,
            Prospects prospects,
            AccountStore accounts) {
        this.homes = List.copyOf(homes);
        this.isLeft = isLeft;
        this.ways = List.copyOf(ways);
        this.prospects = prospects;
        this.accounts = accounts;
    }

    List<String> of(Account account) {
        List<String> lines = new ArrayList<>();
        for (HomeId home : homes) {
            if (isLeft.test(home)) {
                lines.add("none at " + home + ": the gateway is being taken away from there");
            } else {
                means(account, home).map(means -> line(account, home, means)).forEach(lines::add);
            }
        }
        return lines;
    }

    private Stream<Means> means(Account account, HomeId home) {
        return ways.stream().flatMap(way -> way.meansOf(account, home).stream());
    }

    private String line(Account account, HomeId home, Means means) {
        return means.way() + " at " + home + ": " + verdict(account, home, means.proof());
    }

    private String verdict(Account account, HomeId home, Proof proof) {
        return switch (proof) {
            case Proof.Missing(var why) -> WaysWords.of(why);
            case Proof.Word(var issuer, var way) ->
                    said(account, home, prospects.vouchedFor(account, issuer, way, home));
            case Proof.Own(var identity, var demands) -> {
                Prospect prospect = prospects.of(account, identity, home);
                yield said(account, home, prospect)
                        + (prospect instanceof Prospect.In ? WaysWords.of(demands) : "");
            }
            case Proof.Inside() ->
                    switch (accounts.entitlementOf(account.id(), home)) {
                        case Entitlement.As _ -> "yes, once they are in";
                        case Entitlement.None() -> "no: they cannot be in";
                    };
        };
    }

    private String said(Account account, HomeId home, Prospect prospect) {
        String words = WaysWords.of(prospect);
        return prospect.isIn() && accounts.isRoleHeld(account.id(), home)
                ? words + " (it waits until Home Assistant agrees)"
                : words;
    }
}
