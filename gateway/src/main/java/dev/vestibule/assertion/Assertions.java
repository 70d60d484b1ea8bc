package dev.vestibule.assertion;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.admission.LoginDispatcher;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.admission.SilentWay;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.WayIn;
import dev.vestibule.config.AssertionConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.RequireUpstreamConfig;
import dev.vestibule.config.Role;
import dev.vestibule.config.TrustedHeadersConfig;
import dev.vestibule.explain.AskedWay;
import dev.vestibule.explain.Means;
import dev.vestibule.policy.UpstreamRule;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The proxies in front of this gateway: a way in without a page for whomever they vouch for, and
/// the rule that everybody must come through one. Safe to share between threads.
///
/// Nothing that a proxy says is held against whoever sends it: what is not to be believed signs
/// nobody in, leaves a line in the audit log, and the other ways in go on.
public final class Assertions implements SilentWay, AutoCloseable {

    private final InstantSource world;
    private final AccountStore accounts;
    private final LoginDispatcher dispatcher;
    private final RefusalLog refusals;
    private final List<AssertionVerifier> verifiers;
    private final List<TrustedHeaders> plain;

    /// @param world the world's clock: proxies date their assertions by it
    public Assertions(
            InstantSource world,
            AccountStore accounts,
            LoginDispatcher dispatcher,
            RefusalLog refusals,
            List<AssertionConfig> signed,
            List<TrustedHeadersConfig> plain) {
        this.world = world;
        this.accounts = accounts;
        this.dispatcher = dispatcher;
        this.refusals = refusals;
        this.verifiers =
                signed.stream().map(config -> new AssertionVerifier(world, config)).toList();
        this.plain = plain.stream().map(TrustedHeaders::new).toList();
    }

    /// What is demanded at the homes that demand anything.
    public UpstreamRule upstreamRule(List<HomeConfig> homes) {
        Map<HomeId, RequiredUpstream.Demand> demands = new HashMap<>();
        for (HomeConfig home : homes) {
            RequireUpstreamConfig demand = home.routes().requireUpstream();
            if (demand.isDemanded()) {
                demands.put(
                        home.name(),
                        new RequiredUpstream.Demand(
                                demand,
                                verifiers.stream()
                                        .filter(
                                                verifier ->
                                                        demand.assertions()
                                                                .contains(verifier.config().id()))
                                        .toList()));
            }
        }
        return demands.isEmpty() ? UpstreamRule.NONE : new RequiredUpstream(demands);
    }

    /// Which proxies could vouch for somebody.
    public AskedWay asked() {
        return (account, home) ->
                account.origin().isAPersons()
                        ? Stream.concat(
                                        verifiersAt(home).map(Assertions::word),
                                        plain.stream()
                                                .filter(one -> one.config().countsAt(home))
                                                .limit(1)
                                                .map(
                                                        _ ->
                                                                word(
                                                                        "trusted headers",
                                                                        TrustedHeaders.ISSUER)))
                                .toList()
                        : List.of();
    }

    private static Means word(AssertionVerifier verifier) {
        AssertionConfig config = verifier.config();
        return word("assertion " + config.id(), new Issuer(config.issuer()));
    }

    private static Means word(String way, Issuer issuer) {
        return new Means(way, new Means.Proof.Word(issuer, SignInWay.ASSERTION));
    }

    /// The person that the proxy names, unless the browser is signed in as them already, with the
    /// role that they have by now. Whoever else was signed in before is not who sits there now.
    @Override
    public Optional<ProvenIdentity> identify(Visitor visitor, Optional<Insider> insider) {
        if (insider.filter(Assertions::isEmergency).isPresent()) {
            return Optional.empty();
        }
        Optional<Verdict.Person> named =
                isAnythingSigned(visitor) ? signed(visitor) : plain(visitor);
        return named.filter(
                        person -> insider.filter(known -> stays(known, person, visitor)).isEmpty())
                .map(person -> new ProvenIdentity.Vouched(person.identity(), SignInWay.ASSERTION));
    }

    /// What cannot be believed, or not be judged now, names nobody and is not worth a line here.
    @Override
    public boolean namesAnother(Visitor visitor, AccountId account, Issuer issuer) {
        List<Subject> named =
                named(visitor)
                        .map(person -> person.identity().subject())
                        .filter(subject -> subject.issuer().equals(issuer))
                        .toList();
        return !named.isEmpty() && named.stream().noneMatch(subject -> is(account, subject));
    }

    private Stream<Verdict.Person> named(Visitor visitor) {
        return isAnythingSigned(visitor)
                ? verifiersAt(visitor.home())
                        .map(verifier -> verdict(verifier, visitor))
                        .filter(Verdict.Person.class::isInstance)
                        .map(Verdict.Person.class::cast)
                : plainAt(visitor)
                        .map(headers -> headers.read(visitor.headers(), world.instant()))
                        .filter(TrustedHeaders.Named.Somebody.class::isInstance)
                        .map(TrustedHeaders.Named.Somebody.class::cast)
                        .map(TrustedHeaders.Named.Somebody::person);
    }

    private boolean is(AccountId account, Subject subject) {
        return accounts.find(subject).filter(found -> found.id().equals(account)).isPresent();
    }

    /// Whoever came in by the console is there because the usual way does not work.
    private static boolean isEmergency(Insider insider) {
        return insider.session().way() == SignInWay.BREAK_GLASS;
    }

    /// Whether whoever is signed in stays so, as what they are.
    private boolean stays(Insider insider, Verdict.Person person, Visitor visitor) {
        Optional<Role> role = dispatcher.roleOf(person.identity(), visitor);
        SignInWay way = insider.session().way();
        if (isSame(insider, person)) {
            // What the provider says of its people is not the proxy's to change.
            return way == SignInWay.PROVIDER
                    || (role.equals(Optional.of(insider.role())) && !isAnew(insider, person));
        }
        return isTheirOwn(way)
                && (role.isEmpty() || !insider.session().beganAt().isBefore(person.saidAt()));
    }

    /// Whether the person has proved themselves to the proxy once more since it let them in.
    private static boolean isAnew(Insider insider, Verdict.Person person) {
        return insider.session().way() == SignInWay.ASSERTION
                && person.identity().authTime().isAfter(insider.session().authenticatedAt());
    }

    /// Whether somebody proved themselves to us, and beside the proxy. It has not the last word
    /// about them: one that lets somebody through who is nobody here would lock them out.
    private static boolean isTheirOwn(SignInWay way) {
        return way.isAPersonsOwn() && way != SignInWay.ASSERTION;
    }

    private boolean isSame(Insider insider, Verdict.Person person) {
        return is(insider.account().id(), person.identity().subject());
    }

    /// Attack: a forged signature, and beside it the plain headers that sign nothing. Where
    /// somebody shows an assertion, it alone counts, be it worth something or not.
    private boolean isAnythingSigned(Visitor visitor) {
        return verifiersAt(visitor.home())
                .anyMatch(verifier -> !isSilent(verifier.shownIn(visitor.headers())));
    }

    private static boolean isSilent(Shown shown) {
        return shown instanceof Shown.Nothing;
    }

    private Stream<AssertionVerifier> verifiersAt(HomeId home) {
        return verifiers.stream().filter(verifier -> verifier.config().countsAt(home));
    }

    private Optional<Verdict.Person> signed(Visitor visitor) {
        return verifiersAt(visitor.home())
                .flatMap(verifier -> judge(verifier, visitor).stream())
                .findFirst();
    }

    private static Verdict verdict(AssertionVerifier verifier, Visitor visitor) {
        return switch (verifier.shownIn(visitor.headers())) {
            case Shown.Nothing() -> new Verdict.Program();
            case Shown.Doubtful(var what) ->
                    new Verdict.Refused(new Reason.Of(Reason.Family.ASSERTION, what), true);
            case Shown.Once(var compact) -> verifier.judge(compact);
        };
    }

    private Optional<Verdict.Person> judge(AssertionVerifier verifier, Visitor visitor) {
        String who = "assertion " + verifier.config().id();
        return switch (verdict(verifier, visitor)) {
            case Verdict.Person person -> Optional.of(person);
            case Verdict.Program() -> Optional.empty();
            case Verdict.Refused(var reason, var isForgery) when isForgery -> {
                refusals.noteFailed(visitor, WayIn.ASSERTION, who, reason);
                yield Optional.empty();
            }
            case Verdict.Refused(var reason, _) -> refused(visitor, who, reason);
            case Verdict.Unjudgeable() -> refused(visitor, who, Verdict.Unjudgeable.REASON);
        };
    }

    private Optional<Verdict.Person> plain(Visitor visitor) {
        for (TrustedHeaders headers : plainAt(visitor).toList()) {
            switch (headers.read(visitor.headers(), world.instant())) {
                case TrustedHeaders.Named.Somebody(var person) -> {
                    return Optional.of(person);
                }
                case TrustedHeaders.Named.Refused(var reason) -> {
                    return refused(visitor, "trusted headers", reason);
                }
                case TrustedHeaders.Named.Nobody() -> {}
            }
        }
        return Optional.empty();
    }

    private Stream<TrustedHeaders> plainAt(Visitor visitor) {
        return plain.stream()
                .filter(headers -> headers.config().countsAt(visitor.home()))
                .filter(headers -> headers.isFrom(visitor.peer()));
    }

    private Optional<Verdict.Person> refused(Visitor visitor, String who, Reason reason) {
        refusals.note(visitor, WayIn.ASSERTION, who, reason);
        return Optional.empty();
    }

    @Override
    public void close() {
        verifiers.forEach(AssertionVerifier::close);
    }
}
