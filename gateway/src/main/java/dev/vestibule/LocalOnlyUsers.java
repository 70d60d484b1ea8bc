package dev.vestibule;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.HomeAssistantUsers;
import dev.vestibule.provisioning.HomeUserStore;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The users of one Home Assistant that may come in from its own network only, as of the last time
/// anything about users changed. Safe to share between threads.
final class LocalOnlyUsers implements Predicate<AccountId> {

    private final HomeId home;
    private final HomeAssistantUsers users;
    private final HomeUserStore homeUsers;
    private final AtomicReference<Set<String>> localOnly = new AtomicReference<>(Set.of());

    LocalOnlyUsers(HomeId home, HomeAssistantUsers users, HomeUserStore homeUsers) {
        this.home = home;
        this.users = users;
        this.homeUsers = homeUsers;
    }

    /// Asks Home Assistant anew.
    void refresh() {
        localOnly.set(
                users.list().stream()
                        .filter(HomeAssistantUser::localOnly)
                        .map(HomeAssistantUser::id)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /// Whether there is anybody; never waits.
    boolean isAnybody() {
        return !localOnly.get().isEmpty();
    }

    @Override
    public boolean test(AccountId account) {
        Set<String> known = localOnly.get();
        return !known.isEmpty()
                && homeUsers.userIdOf(account, home).filter(known::contains).isPresent();
    }
}
