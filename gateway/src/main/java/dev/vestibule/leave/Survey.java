package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditPage;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.provisioning.HomeUserStore;
import dev.vestibule.provisioning.OwnLogin;
import dev.vestibule.provisioning.Trace;
import dev.vestibule.store.Cursor;
import dev.vestibule.store.Database;
import dev.vestibule.webhook.WebhookLine;
import dev.vestibule.webhook.WebhookSearch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at a home and says what leaving it means. Changes nothing. Safe to share between threads.
final class Survey {

    private static final String MADE = AuditEvent.UserProvisioned.class.getSimpleName();

    private static final int PHONES_MAX = 10_000;

    private final HomeId home;
    private final Database database;
    private final HomeUserStore homeUsers;
    private final AccountStore accounts;
    private final Leftovers leftovers;
    private final Fates fates;

    Survey(
            HomeId home,
            Database database,
            HomeUserStore homeUsers,
            AccountStore accounts,
            Leftovers leftovers,
            Fates fates) {
        this.home = home;
        this.database = database;
        this.homeUsers = homeUsers;
        this.accounts = accounts;
        this.leftovers = leftovers;
        this.fates = fates;
    }

    /// The phones that send to the house.
    List<WebhookLine> phones() {
        return new WebhookSearch(database)
                        .find(new WebhookSearch.Query(Set.of(home), Cursor.NEWEST, PHONES_MAX))
                        .webhooks()
                        .stream()
                        .filter(phone -> !phone.isClosed())
                        .toList();
    }

    /// Hidden credentials that belong to nobody here.
    ///
    /// @param users as Home Assistant has them now
    List<String> strangeCredentials(List<HomeAssistantUser> users) {
        Set<String> ours =
                Stream.concat(traces().stream().map(Trace::hiddenName), leftovers.names().stream())
                        .collect(Collectors.toUnmodifiableSet());
        return users.stream()
                .map(HomeAssistantUser::username)
                .filter(name -> name.startsWith(Trace.HIDDEN_PREFIX) && !ours.contains(name))
                .toList();
    }

    /// The names of users who were made here and are nobody's any more.
    ///
    /// @param users as Home Assistant has them now
    List<String> abandoned(List<HomeAssistantUser> users) {
        Set<String> made = everMade();
        traces().forEach(trace -> trace.userId().ifPresent(made::remove));
        Set<String> going = leftovers.names();
        return users.stream()
                .filter(user -> made.contains(user.id()) && !hasLogin(user, going))
                .map(HomeAssistantUser::name)
                .toList();
    }

    /// Whether a user who is nobody's here has more than a hidden credential, which only the
    /// gateway has the password of.
    private static boolean hasLogin(HomeAssistantUser user, Set<String> going) {
        String hiddenName = going.contains(user.username()) ? "" : user.username();
        return OwnLogin.isThere(user, hiddenName);
    }

    /// The ids of all users that were ever made here, as the audit log has them.
    private Set<String> everMade() {
        AuditQuery query = AuditQuery.ALL.at(home.value()).of(Set.of(MADE));
        AuditStore log = new AuditStore(database);
        Set<String> made = new HashSet<>();
        Optional<Cursor> place = Optional.of(Cursor.OLDEST);
        while (place.isPresent()) {
            AuditPage page = log.after(query, place.get(), AuditStore.PAGE_MAX);
            page.lines().forEach(line -> line.event().ifPresent(event -> note(event, made)));
            place = page.next();
        }
        return made;
    }

    private static void note(AuditEvent event, Set<String> made) {
        if (event instanceof AuditEvent.UserProvisioned(_, _, var userId)) {
            made.add(userId);
        }
    }

    private List<Trace> traces() {
        return homeUsers.tracesAt(home);
    }

    /// @param users as Home Assistant has them now
    List<Leaver> people(List<HomeAssistantUser> users) {
        return traces().stream()
                .flatMap(
                        trace ->
                                accounts
                                        .find(trace.account())
                                        .map(account -> leaver(trace, account, users))
                                        .stream())
                .toList();
    }

    Leaver leaver(Trace trace, Account account, List<HomeAssistantUser> users) {
        Optional<HomeAssistantUser> user =
                users.stream()
                        .filter(one -> trace.userId().filter(one.id()::equals).isPresent())
                        .findFirst();
        return new Leaver(
                account,
                user.map(HomeAssistantUser::name).orElse(""),
                fates.of(trace, account, user));
    }

    /// Whether an administrator can sign in afterwards.
    boolean canBeRun(List<HomeAssistantUser> users) {
        List<Trace> traces = traces();
        Set<String> going = leftovers.names();
        return users.stream()
                .filter(user -> user.isActive() && user.isAdministrator())
                .filter(user -> isSomebodys(user, traces) || hasLogin(user, going))
                .anyMatch(user -> traces.stream().noneMatch(one -> isNoneThen(one, user)));
    }

    /// Whoever comes in through the gateway gets a login where they have none.
    private static boolean isSomebodys(HomeAssistantUser user, List<Trace> traces) {
        return traces.stream().anyMatch(one -> one.userId().filter(user.id()::equals).isPresent());
    }

    /// Whether this is the trace of a user who is no administrator afterwards, or cannot come in.
    private boolean isNoneThen(Trace trace, HomeAssistantUser user) {
        return trace.userId().filter(user.id()::equals).isPresent()
                && accounts.find(trace.account())
                        .map(account -> fates.of(trace, account, Optional.of(user)))
                        .filter(Survey::isNone)
                        .isPresent();
    }

    private static boolean isNone(Fate fate) {
        return switch (fate) {
            case Fate.StaysOff _, Fate.IsNotBack _, Fate.IsDeleted _, Fate.IsGone _ -> true;
            case Fate.GetsGroupsBack back -> !back.isAdministrator();
            case Fate.GetsLogin(_, var groups) ->
                    groups.filter(back -> !back.isAdministrator()).isPresent();
            case Fate.HasLogin _, Fate.WasBefore _, Fate.ComesBack _ -> false;
        };
    }
}
