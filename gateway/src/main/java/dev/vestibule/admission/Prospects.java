package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.admission.Prospect.Why;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.directory.Recognition;
import dev.vestibule.oidc.LivenessProof;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.oidc.VerifiedIdentity.ProviderSession;
import dev.vestibule.session.SignInWay;
import dev.vestibule.store.Database;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Foretells what would become of somebody whom we know, by the judges of a real sign-in; whatever
/// those do is taken back. Safe to share between threads; waits for the database.
public final class Prospects {

    /// Who comes for the first time has a subject that nobody knows yet.
    private static final String NOT_KNOWN_YET = "vestibule: nobody";

    private final Database database;
    private final AccountStore accounts;
    private final Recognition recognition;
    private final LoginHomes homes;
    private final LoginDispatcher dispatcher;

    public Prospects(
            Database database,
            AccountStore accounts,
            Recognition recognition,
            LoginHomes homes,
            LoginDispatcher dispatcher) {
        this.database = database;
        this.accounts = accounts;
        this.recognition = recognition;
        this.homes = homes;
        this.dispatcher = dispatcher;
    }

    /// If somebody proved this at a home.
    public Prospect of(Account account, ProvenIdentity identity, HomeId home) {
        return switch (dispatcher.foresee(identity, home)) {
            case Admission.Recognised(var found, var role) ->
                    found.id().equals(account.id())
                            ? new Prospect.In(role)
                            : new Prospect.SomebodyElse();
            case Admission.NoRole _ -> new Prospect.Out(Why.NO_ROLE);
            case Admission.Suspended _ -> new Prospect.Out(Why.SUSPENDED);
            case Admission.Lapsed _ -> new Prospect.Out(Why.LAPSED);
            case Admission.SwitchedOff() -> new Prospect.Out(Why.SWITCHED_OFF);
            case Admission.Unknown(), Admission.ProofGone() -> new Prospect.Out(Why.UNKNOWN);
            case Admission.SignedIn _ ->
                    throw new IllegalStateException("a judgement alone signs nobody in");
        };
    }

    /// If a provider, or a proxy in front, vouched for somebody at a home.
    ///
    /// Which groups it would tell of them is not known. So they are judged twice, with none and
    /// with each that gives a role there: whatever is told lies between the two.
    public Prospect vouchedFor(Account account, Issuer issuer, SignInWay way, HomeId home) {
        List<VerifiedIdentity> known = database.read(handle -> known(handle, account, issuer));
        // Of several subjects that somebody has there, the one that opens most counts.
        return Prospect.mostOpen(
                        known.stream()
                                .map(person -> vouchedFor(account, person, way, home))
                                .toList())
                .orElseGet(Prospect.NotKnownThere::new);
    }

    private Prospect vouchedFor(
            Account account, VerifiedIdentity person, SignInWay way, HomeId home) {
        Foreseen least = foresee(person, way, home);
        if (!least.account().equals(Optional.of(account.id()))) {
            return new Prospect.SomebodyElse();
        }
        Foresight most = at(foresee(person.withGroups(named(home)), way, home), home);
        return switch (at(least, home)) {
            case Foresight.Welcome(var why) -> in(why, most);
            case Foresight.NoRole _ ->
                    most instanceof Foresight.Welcome
                            ? new Prospect.InWhereGroupsSay()
                            : new Prospect.Out(out(most));
            case Foresight.Suspended _, Foresight.NotSent _, Foresight.SwitchedOff _ ->
                    new Prospect.Out(out(at(least, home)));
        };
    }

    private Foreseen foresee(VerifiedIdentity person, SignInWay way, HomeId home) {
        return dispatcher.foresee(new ProvenIdentity.Vouched(person, way), Set.of(home));
    }

    private static Foresight at(Foreseen foreseen, HomeId home) {
        Foresight there = foreseen.at().get(home);
        if (there == null) {
            throw new IllegalStateException("nothing was foreseen at " + home);
        }
        return there;
    }

    private static Prospect in(RoleReason least, Foresight most) {
        return most instanceof Foresight.Welcome(var why) && why.role().equals(least.role())
                ? new Prospect.In(least.role().orElseThrow())
                : new Prospect.InAsGroupsSay();
    }

    private static Why out(Foresight foresight) {
        return switch (foresight) {
            case Foresight.Suspended() -> Why.SUSPENDED;
            case Foresight.NotSent() -> Why.NOT_SENT;
            case Foresight.NoRole _ -> Why.NO_ROLE;
            case Foresight.SwitchedOff _ -> Why.SWITCHED_OFF;
            case Foresight.Welcome _ -> throw new IllegalStateException("nobody stays out");
        };
    }

    private Set<String> named(HomeId home) {
        return Stream.of(Role.values())
                .flatMap(role -> homes.get(home).config().roles().line(role).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// As whom somebody comes there: by the subjects that they have there, or, where an identity
    /// system sent them, by a new one whom the provider calls as it was told.
    private List<VerifiedIdentity> known(Handle handle, Account account, Issuer issuer) {
        List<Subject> subjects = accounts.identities().at(handle, account.id(), issuer);
        String key = recognition.keyOf(handle, account.id(), issuer).orElse("");
        if (!subjects.isEmpty()) {
            return subjects.stream().map(subject -> person(account, subject, key)).toList();
        }
        return key.isEmpty()
                ? List.of()
                : List.of(person(account, new Subject(issuer, NOT_KNOWN_YET), key));
    }

    private static VerifiedIdentity person(Account account, Subject subject, String key) {
        return new VerifiedIdentity(
                subject,
                account.username(),
                account.displayName(),
                "",
                "",
                key,
                Set.of(),
                Instant.EPOCH,
                new ProviderSession.NotTold(),
                "",
                Set.of(),
                new LivenessProof.NotOffered(),
                List.of());
    }
}
