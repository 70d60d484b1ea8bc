package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Entitlement;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.CredentialRemoval;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.homeassistant.PersonCreation;
import dev.vestibule.homeassistant.UserDeletion;
import dev.vestibule.homeassistant.UserUpdate;
import dev.vestibule.provisioning.HomeUser.HiddenName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/// Makes the Home Assistant user of an account, and mends it at every sign-in. Safe to share
/// between threads; the caller sees to it that an account is prepared by one thread at a time.
///
/// The steps, and what a crash after each leaves behind:
/// 1. a row with a fresh hidden name: nothing in Home Assistant;
/// 2. a user who is **called** by the hidden name, so that the next try finds it;
/// 3. the hidden credential: found by its user name;
/// 4. the row says ready;
/// 5. a person, looked for before one is made;
/// 6. the display name, last: as long as the user is called by the hidden name, steps are missing,
///    and afterwards name and person are Home Assistant's to change.
final class HomeUserProvisioner {

    private static final Logger LOG = LoggerFactory.getLogger(HomeUserProvisioner.class);

    private final HomeId home;
    private final HomeAssistantUsers users;
    private final HomeUserStore store;
    private final AccountStore accounts;
    private final HiddenCredentials credentials;

    HomeUserProvisioner(
            HomeId home,
            HomeAssistantUsers users,
            HomeUserStore store,
            AccountStore accounts,
            HiddenCredentials credentials) {
        this.home = home;
        this.users = users;
        this.store = store;
        this.accounts = accounts;
        this.credentials = credentials;
    }

    /// Gives an existing user, perhaps the owner, to an account. The user's own password stays; the
    /// hidden credential comes with the next sign-in.
    ///
    /// A user of our making that the account had is left to the administrator, without the hidden
    /// credential: nobody signs in as that user any more. What another account was given to act as
    /// this user goes too. Whatever attaches leaves word of both, in the transaction that forgets
    /// whose they were.
    ///
    /// @param by who decided it, for the audit log
    AttachResult attach(AccountId account, String userId, Actor by, Attachment attachment) {
        store.requireServed(home);
        Optional<HomeAssistantUser> user = users.find(userId);
        if (user.isEmpty()) {
            return new AttachResult.UserNotFound();
        }
        if (user.get().systemGenerated()) {
            return new AttachResult.SystemGenerated();
        }
        return attachment.attach(account, home, userId, by);
    }

    /// See [HomeSignIn#dropCredential].
    CredentialRemoval dropCredential(String username) {
        return credentials.drop(username);
    }

    /// See [HomeSignIn#discard].
    Discarding discard(AccountId account, boolean isShutOut) {
        Optional<HomeUser> known = store.find(account, home);
        if (known.isEmpty()) {
            return Discarding.DONE;
        }
        return switch (known.get()) {
            case HomeUser.Pending(var name) -> forgetIf(account, deleteHalfMade(name));
            case HomeUser.Attaching(var name, _) -> leaveIf(isShutOut, name);
            case HomeUser.Ready(var name, _, var isAttached) when isAttached ->
                    leaveIf(isShutOut, name);
            case HomeUser.Ready(_, var userId, _) -> forgetIf(account, delete(userId));
        };
    }

    /// Attack, or bad luck: Home Assistant ended after it had written the credential, and before it
    /// gave it to the user. Such a one signs in as a fresh administrator.
    private boolean deleteHalfMade(HiddenName name) {
        credentials.remove(name.username());
        return users.list().stream()
                .filter(user -> isHalfMade(user, name))
                .allMatch(user -> delete(user.id()));
    }

    private Discarding forgetIf(AccountId account, boolean isDeleted) {
        if (isDeleted) {
            store.forget(account, home);
        }
        return isDeleted ? Discarding.DONE : Discarding.UNDONE;
    }

    /// It stays known whose the user was (attack: somebody is removed, and comes back as a new
    /// person by the password or the tokens that their user still has in Home Assistant).
    private Discarding leaveIf(boolean isShutOut, HiddenName name) {
        if (isShutOut) {
            credentials.tryToRemove(name);
        }
        return isShutOut ? Discarding.DONE : Discarding.UNDONE;
    }

    private boolean delete(String userId) {
        return switch (users.delete(userId)) {
            case UserDeletion.Deleted _, UserDeletion.UserNotFound _ -> true;
            case UserDeletion.Refused(var code) -> {
                LOG.warn("event=user-not-deleted user={} reason={}", userId, code);
                yield false;
            }
        };
    }

    boolean isUserOf(AccountId account, String userId) {
        return store.userIdOf(account, home).filter(userId::equals).isPresent();
    }

    boolean hasUser(AccountId account) {
        return store.userIdOf(account, home).isPresent();
    }

    Optional<HomeAssistantUser> userOf(AccountId account) {
        return store.userIdOf(account, home).flatMap(users::find);
    }

    /// Walks whichever steps are missing.
    Preparation prepare(ProvisioningRequest request) {
        // Attack: who was shut out since their sign-in began has Home Assistant wake their user.
        var _ = roleOf(request.account());
        HomeUser homeUser = store.findOrBegin(request.account(), home);
        List<HomeAssistantUser> all = users.list();
        return switch (homeUser) {
            case HomeUser.Pending(var name) -> make(request, name, all);
            case HomeUser.Attaching(var name, var userId) -> attached(request, name, userId, all);
            case HomeUser.Ready(var name, var userId, var isAttached) -> {
                Optional<HomeAssistantUser> user = byId(all, userId);
                if (user.isPresent()) {
                    yield mend(request, name, user.get(), isAttached);
                }
                if (isAttached) {
                    yield new Preparation.AttachedUserGone();
                }
                store.beginAgain(request.account(), home);
                yield make(request, name, all);
            }
        };
    }

    private Preparation make(
            ProvisioningRequest request, HiddenName name, List<HomeAssistantUser> all) {
        HomeAssistantUser user =
                halfMade(name, all)
                        .orElseGet(
                                () ->
                                        users.create(
                                                name.username(),
                                                groupOf(request.account()),
                                                false));
        bringInto(request.account(), user, roleOf(request.account()));
        if (!user.username().equals(name.username())) {
            credentials.add(user, name);
        }
        store.finishMade(request.account(), home, user.id(), request.client().getHostAddress());
        completeNewUser(request, name, user);
        return prepared(user.id(), name);
    }

    /// A user whom an earlier try made. Should two tries have made one each, the one without
    /// anything of its own is removed.
    private Optional<HomeAssistantUser> halfMade(HiddenName name, List<HomeAssistantUser> all) {
        List<HomeAssistantUser> found =
                all.stream()
                        .filter(user -> isHalfMade(user, name))
                        .sorted((a, b) -> b.username().compareTo(a.username()))
                        .toList();
        found.stream()
                .skip(1)
                .filter(user -> user.credentialProviders().isEmpty())
                .forEach(
                        user ->
                                LOG.warn(
                                        "event=second-user-removed user={} result={}",
                                        user.id(),
                                        users.delete(user.id())));
        return found.stream().findFirst();
    }

    /// The name alone is enough only for a user who cannot sign in: everybody may be called
    /// anything.
    private static boolean isHalfMade(HomeAssistantUser user, HiddenName name) {
        return !user.isOwner()
                && !user.systemGenerated()
                && (user.username().equals(name.username())
                        || (user.name().equals(name.username())
                                && user.credentialProviders().isEmpty()));
    }

    private Preparation attached(
            ProvisioningRequest request,
            HiddenName name,
            String userId,
            List<HomeAssistantUser> all) {
        Optional<HomeAssistantUser> user = byId(all, userId);
        if (user.isEmpty()) {
            return new Preparation.AttachedUserGone();
        }
        wake(request, user.get());
        correctGroup(request.account(), user.get());
        credentials.add(user.get(), name);
        store.finishAttached(request.account(), home, userId);
        return prepared(userId, name);
    }

    private Preparation mend(
            ProvisioningRequest request,
            HiddenName name,
            HomeAssistantUser user,
            boolean isAttached) {
        wake(request, user);
        correctGroup(request.account(), user);
        if (!HiddenCredentials.isLinked(user, name)) {
            credentials.add(user, name);
        }
        if (!isAttached) {
            completeNewUser(request, name, user);
        }
        return prepared(user.id(), name);
    }

    /// A user whom the gateway put to sleep wakes when their person may sign in again. Whoever was
    /// deactivated in Home Assistant's own pages stays so, whatever happened here afterwards, and
    /// is refused by it.
    private void wake(ProvisioningRequest request, HomeAssistantUser user) {
        if (user.isActive()
                || store.closureOf(request.account(), home) == Closure.OPEN
                || store.standingOf(request.account(), home) == Standing.INACTIVE) {
            return;
        }
        switch (users.setActive(user.id(), true)) {
            case UserUpdate.Updated(var woken) when woken.isActive() ->
                    LOG.info("event=user-activated user={}", user.id());
            case UserUpdate.Updated _, UserUpdate.UserNotFound _, UserUpdate.Refused _ ->
                    throw new HomeAssistantUnavailable("Home Assistant did not activate a user");
        }
    }

    /// A role takes effect before the sign-in, or there is no sign-in.
    private void correctGroup(AccountId account, HomeAssistantUser user) {
        Role role = roleOf(account);
        if (!isDecidedThere(account)) {
            bringInto(account, user, role);
        }
        accounts.roleAgreed(account, home, role);
    }

    /// Whether the role of an account follows its user's groups: Home Assistant is never told a
    /// role that is its own to say (attack: an administrator who was demoted there signs in before
    /// that is noticed, and is one again).
    private boolean isDecidedThere(AccountId account) {
        return accounts.entitlementOf(account, home)
                        instanceof Entitlement.As(_, var isProvidersWord)
                && !isProvidersWord;
    }

    /// The role as it is now: it may have changed since the sign-in began, and Home Assistant was
    /// told then (attack: a slow sign-in of before makes somebody an administrator again).
    ///
    /// @throws HomeAssistantUnavailable where the person may not come in any more: nothing is made
    ///   for whom Home Assistant was told to shut out before
    private Role roleOf(AccountId account) {
        return switch (accounts.entitlementOf(account, home)) {
            case Entitlement.As(var role, _) -> role;
            case Entitlement.None() ->
                    throw new HomeAssistantUnavailable("the person may not come in any more");
        };
    }

    /// See [HomeSignIn#alignGroup]. A user who is no more can do nothing, so that nothing waits.
    void alignGroup(AccountId account) {
        store.requireServed(home);
        Optional<Role> role = accounts.roleOf(account, home);
        if (role.isPresent()) {
            store.userIdOf(account, home)
                    .filter(_ -> !isDecidedThere(account))
                    .flatMap(users::find)
                    .ifPresent(user -> bringInto(account, user, role.get()));
            accounts.roleAgreed(account, home, role.get());
        }
    }

    /// The owner stays what they are: nobody but Home Assistant itself can make or unmake one.
    private void bringInto(AccountId account, HomeAssistantUser user, Role role) {
        HomeAssistantGroup group = RoleGroup.of(role);
        if (user.isOwner() || user.isExactlyIn(group)) {
            return;
        }
        if (hasLoginOfTheirOwn(account, user)) {
            store.noteGroupsBefore(account, home, user.groupIds());
        }
        switch (users.moveTo(user.id(), group)) {
            case UserUpdate.Updated(var changed) when changed.isExactlyIn(group) ->
                    LOG.info("event=group-corrected user={} group={}", user.id(), group.id());
            case UserUpdate.Updated _, UserUpdate.UserNotFound _, UserUpdate.Refused _ ->
                    throw new HomeAssistantUnavailable(
                            "Home Assistant did not move a user to the group of their role");
        }
    }

    /// Attack: somebody is given a user who was made here for an administrator, and for whom there
    /// is no time before the gateway; leaving makes them an administrator.
    private boolean hasLoginOfTheirOwn(AccountId account, HomeAssistantUser user) {
        return store.find(account, home)
                .filter(known -> OwnLogin.isThere(user, known.hiddenName().username()))
                .isPresent();
    }

    private HomeAssistantGroup groupOf(AccountId account) {
        return RoleGroup.of(roleOf(account));
    }

    /// Person and name are a comfort: where Home Assistant refuses them, or does not answer, the
    /// sign-in goes on, and the next one looks again.
    private void completeNewUser(
            ProvisioningRequest request, HiddenName name, HomeAssistantUser user) {
        if (!user.name().equals(name.username())) {
            return;
        }
        try {
            givePersonAndName(request, user);
        } catch (HomeAssistantUnavailable away) {
            LOG.warn("event=user-incomplete user={} reason=\"{}\"", user.id(), away.reason());
        }
    }

    private void givePersonAndName(ProvisioningRequest request, HomeAssistantUser user) {
        if (users.persons().stream().noneMatch(person -> person.userId().equals(user.id()))) {
            switch (users.createPerson(request.displayName(), user.id())) {
                case PersonCreation.Created _ -> {}
                case PersonCreation.Refused(var code) ->
                        LOG.warn("event=person-refused user={} reason={}", user.id(), code);
            }
        }
        switch (users.rename(user.id(), request.displayName())) {
            case UserUpdate.Updated _ -> {}
            case UserUpdate.UserNotFound _ -> LOG.warn("event=user-gone user={}", user.id());
            case UserUpdate.Refused(var code) ->
                    LOG.warn("event=name-refused user={} reason={}", user.id(), code);
        }
    }

    /// The hidden credential of an account's user, given to them where it is missing. Group, person
    /// and name stay as they are.
    ///
    /// @return empty where the account has no user, or the user is no more
    Optional<HiddenCredential> credentialOf(AccountId account) {
        Optional<HomeUser> known = store.find(account, home);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        return switch (known.get()) {
            case HomeUser.Pending _ -> Optional.empty();
            case HomeUser.Attaching(var name, var userId) -> credentialOf(name, userId);
            case HomeUser.Ready(var name, var userId, _) -> credentialOf(name, userId);
        };
    }

    private Optional<HiddenCredential> credentialOf(HiddenName name, String userId) {
        Optional<HomeAssistantUser> user = users.find(userId);
        user.filter(found -> !HiddenCredentials.isLinked(found, name))
                .ifPresent(found -> credentials.add(found, name));
        return user.map(found -> credentials.of(found.id(), name));
    }

    /// Makes the credential of a prepared user anew.
    void renew(HiddenCredential credential, AccountId account) {
        // findOrBegin: never where the home is being left, and the credential with it.
        credentials.renew(credential, store.findOrBegin(account, home).hiddenName());
    }

    private Preparation prepared(String userId, HiddenName name) {
        return new Preparation.Prepared(credentials.of(userId, name));
    }

    private static Optional<HomeAssistantUser> byId(List<HomeAssistantUser> all, String userId) {
        return all.stream().filter(user -> user.id().equals(userId)).findFirst();
    }
}
