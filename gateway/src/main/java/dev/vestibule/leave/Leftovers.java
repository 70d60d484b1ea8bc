package dev.vestibule.leave;

import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.outbox.Outbox;
import dev.vestibule.outbox.OutboxItem;
import dev.vestibule.outbox.OutboxTask;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Hidden credentials that no account has any more, because somebody was given another user, and
/// that Home Assistant has not removed so far. Waits; safe to share between threads.
final class Leftovers {

    private final HomeId home;
    private final Outbox outbox;
    private final Credentials credentials;

    Leftovers(HomeId home, Outbox outbox, Credentials credentials) {
        this.home = home;
        this.outbox = outbox;
        this.credentials = credentials;
    }

    /// Their user names.
    Set<String> names() {
        return outbox.credentialsToDrop(home).stream()
                .flatMap(item -> username(item).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> username(OutboxItem item) {
        return item.task() instanceof OutboxTask.DropCredential(var username)
                ? Optional.of(username)
                : Optional.empty();
    }

    /// Removes all of them, whenever the outbox would have tried them next.
    ///
    /// @return what remains, and why, for the operator
    List<String> remove() {
        List<String> remaining = new ArrayList<>();
        for (OutboxItem item : outbox.credentialsToDrop(home)) {
            try {
                username(item).ifPresent(credentials::remove);
                outbox.done(item, _ -> {});
            } catch (PartingRefused refused) {
                remaining.add(refused.reason());
            }
        }
        return remaining;
    }

    /// How many credentials a user has can be told from what Home Assistant shows only once none of
    /// these is the first of them.
    ///
    /// @throws PartingRefused where one is
    void requireNone(HomeAssistantUser user) {
        if (names().contains(user.username())) {
            throw new PartingRefused("the credential " + user.username() + " is still there");
        }
    }
}
