package dev.vestibule.revocation;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Entitlement;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditEvent.HomeUserDrifted;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.KnownUser;
import dev.vestibule.provisioning.Standing;
import dev.vestibule.revocation.HomeReconciler.People;

import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Compares how one Home Assistant holds its users with what the gateway wants, and follows what
/// somebody changed there by the rules of `docs/leaving.md`. One thread at a time.
///
/// What the gateway itself does about a user is never taken for somebody else's change: nothing is
/// decided about an account whose user was being changed here since before Home Assistant was
/// asked, and each decision is made from the facts of its own transaction.
final class HomeComparison {

    private static final Logger LOG = LoggerFactory.getLogger(HomeComparison.class);
    private static final String WHO = "home-assistant";

    private final HomeId home;
    private final HomeAssistant homeAssistant;
    private final HomeSignIn signIn;
    private final People facts;

    HomeComparison(HomeId home, HomeAssistant homeAssistant, HomeSignIn signIn, People facts) {
        this.home = home;
        this.homeAssistant = homeAssistant;
        this.signIn = signIn;
        this.facts = facts;
    }

    /// @param isNewConnection whether anything may have happened to Home Assistant meanwhile
    /// @return whether every account could be judged; if not, the next comparison should be soon
    /// @throws HomeAssistantUnavailable where Home Assistant cannot be asked
    boolean compare(boolean isNewConnection) {
        HomeSignIn.Watch watch = signIn.watch();
        Map<String, HomeAssistantUser> there =
                plausible(homeAssistant.users().list()).stream()
                        .collect(Collectors.toMap(HomeAssistantUser::id, Function.identity()));
        Map<AccountId, Entitlement> entitlements = facts.accounts().entitlementsAt(home);
        Predicate<HomeAssistantUser> isSuspect = user -> isNewConnection || !isAlwaysActive(user);
        boolean isJudged = true;
        for (KnownUser known : facts.homeUsers().knownAt(home)) {
            Optional<HomeAssistantUser> user = Optional.ofNullable(there.get(known.userId()));
            Entitlement entitlement =
                    entitlements.getOrDefault(known.account(), new Entitlement.None());
            if (!Drift.of(known, entitlement, user, isSuspect).isEmpty()) {
                isJudged &=
                        watch.ifUntouched(known.account(), () -> follow(known, user, isSuspect));
            }
        }
        return isJudged;
    }

    private boolean isAlwaysActive(HomeAssistantUser user) {
        return user.isOwner() || homeAssistant.isGatewaysOwn(user.id());
    }

    /// The gateway asks as an active administrator. A list without any is half an answer, by which
    /// everybody would seem to have been deleted.
    private static List<HomeAssistantUser> plausible(List<HomeAssistantUser> all) {
        if (all.stream().noneMatch(user -> user.isActive() && user.isAdministrator())) {
            throw new HomeAssistantUnavailable("Home Assistant lists no active administrator");
        }
        return all;
    }

    /// Decides again, from the facts of now.
    private void follow(
            KnownUser seen,
            Optional<HomeAssistantUser> user,
            Predicate<HomeAssistantUser> isSuspect) {
        Ended ended =
                facts.database()
                        .inTransaction(
                                tx ->
                                        facts.homeUsers()
                                                .known(tx, seen.account(), home)
                                                .filter(now -> now.userId().equals(seen.userId()))
                                                .map(now -> follow(tx, now, user, isSuspect))
                                                .orElse(Ended.NONE),
                                Ended::cut);
        LOG.debug("event=drift-followed home={} ended={}", home, ended);
    }

    private Ended follow(
            Handle tx,
            KnownUser known,
            Optional<HomeAssistantUser> user,
            Predicate<HomeAssistantUser> isSuspect) {
        Entitlement entitlement = facts.accounts().entitlementOf(tx, known.account(), home);
        return Drift.of(known, entitlement, user, isSuspect).stream()
                .map(drift -> follow(tx, known, drift))
                .reduce(Ended.NONE, Ended::and);
    }

    private Ended follow(Handle tx, KnownUser known, Drift drift) {
        return switch (drift) {
            case Drift.SwitchedOff() ->
                    turnAway(
                            tx,
                            known,
                            Standing.INACTIVE,
                            "switched-off",
                            EndReason.SWITCHED_OFF_IN_HOME_ASSISTANT);
            case Drift.Deleted() ->
                    turnAway(
                            tx,
                            known,
                            Standing.GONE,
                            "deleted",
                            EndReason.DELETED_IN_HOME_ASSISTANT);
            case Drift.Back() -> {
                facts.lifecycle().takeBack(tx, known, home);
                note(tx, known, "back");
                yield Ended.NONE;
            }
            case Drift.LivesOn() -> shutOutAgain(tx, known);
            case Drift.OtherGroups(var there, var role) -> keepRole(tx, known, there, role);
            case Drift.OtherRole(var role) -> {
                note(tx, known, "other-role");
                yield facts.lifecycle()
                        .changeRole(
                                tx,
                                known.account(),
                                home,
                                role,
                                cause(EndReason.CHANGED_IN_HOME_ASSISTANT));
            }
        };
    }

    private Ended turnAway(
            Handle tx, KnownUser known, Standing standing, String what, EndReason reason) {
        if (known.standing() != standing) {
            note(tx, known, what);
        }
        return facts.lifecycle().turnAway(tx, known, home, standing, cause(reason));
    }

    /// Nobody shut out is told from somebody shut out by now where Home Assistant is still told.
    /// What could not be done before may be possible now: a user who is active can be acted as.
    private Ended shutOutAgain(Handle tx, KnownUser known) {
        if (facts.outbox().isAccessWished(tx, home, known.account().value())) {
            facts.outbox().tryAnew(tx, home, known.account().value());
        } else {
            note(tx, known, "lives-on");
            facts.lifecycle().shutOutAgain(tx, known.account(), home);
        }
        return Ended.NONE;
    }

    /// Where a change of ours is still on its way there, nobody else has changed anything.
    private Ended keepRole(Handle tx, KnownUser known, Role there, Role role) {
        if (facts.outbox().isGroupWished(tx, home, known.account().value())) {
            return Ended.NONE;
        }
        if (role.isLessThan(there)) {
            // Attack: an administrator of Home Assistant makes others administrators.
            LOG.error(
                    "event=more-rights home={} account={} there={} role={}",
                    home,
                    known.account(),
                    there,
                    role);
        }
        note(tx, known, role.isLessThan(there) ? "more-rights" : "other-groups");
        facts.lifecycle().keepRole(tx, known.account(), home);
        return Ended.NONE;
    }

    private static Cause cause(EndReason reason) {
        return new Cause(WHO, reason, WHO);
    }

    private void note(Handle tx, KnownUser known, String what) {
        LOG.warn(
                "event=drift home={} account={} user={} what={}",
                home,
                known.account(),
                known.userId(),
                what);
        append(
                tx,
                new HomeUserDrifted(known.account().value(), home.value(), known.userId(), what));
    }

    private void append(Handle tx, AuditEvent event) {
        facts.audit().append(tx, event, WHO);
    }
}
