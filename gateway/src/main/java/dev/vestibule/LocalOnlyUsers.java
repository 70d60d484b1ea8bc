package dev.vestibule;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.provisioning.HomeUserStore;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The users of one Home Assistant that may come in from its own network only, as of the last time
/// anything about users changed. Safe to share between threads. The first question may wait for
/// Home Assistant, and throws [dev.vestibule.homeassistant.HomeAssistantUnavailable] where it
/// cannot be asked: before it was ever met, nobody can be said to be free to come from anywhere.
final class LocalOnlyUsers implements Predicate<AccountId> {

    private final HomeId home;
    private final HomeAssistantUsers users;
    private final HomeUserStore homeUsers;
    private volatile @Nullable Set<String> localOnly;

    LocalOnlyUsers(HomeId home, HomeAssistantUsers users, HomeUserStore homeUsers) {
        this.home = home;
        this.users = users;
        this.homeUsers = homeUsers;
    }

    /// Asks Home Assistant anew.
    Set<String> refresh() {
        Set<String> found =
                users.list().stream()
                        .filter(HomeAssistantUser::localOnly)
                        .map(HomeAssistantUser::id)
                        .collect(Collectors.toUnmodifiableSet());
        localOnly = found;
        return found;
    }

    /// Whether there is anybody, as far as is known; never waits.
    boolean isAnybody() {
        Set<String> last = localOnly;
        return last == null || !last.isEmpty();
    }

    @Override
    public boolean test(AccountId account) {
        Set<String> last = localOnly;
        return isAmong(last == null ? refresh() : last, account);
    }

    /// As [#test], without asking Home Assistant; empty where it was not met yet.
    Optional<Boolean> foresee(AccountId account) {
        return Optional.ofNullable(localOnly).map(known -> isAmong(known, account));
    }

    private boolean isAmong(Set<String> known, AccountId account) {
        return !known.isEmpty()
                && homeUsers.userIdOf(account, home).filter(known::contains).isPresent();
    }
}
