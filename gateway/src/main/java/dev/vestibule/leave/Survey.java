package dev.vestibule.leave;

import dev.vestibule.account.Account;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditPage;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.leave.HouseLeaving.Rooms;
import dev.vestibule.provisioning.Trace;
import dev.vestibule.store.Cursor;
import dev.vestibule.webhook.WebhookSearch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks at a home and says what leaving it means. Changes nothing. Safe to share between threads.
final class Survey {

    private static final String MADE = AuditEvent.UserProvisioned.class.getSimpleName();

    private static final int PHONES_MAX = 10_000;

    private final HomeId home;
    private final HomeAssistant homeAssistant;
    private final Rooms rooms;
    private final Fates fates;

    Survey(HomeId home, HomeAssistant homeAssistant, Rooms rooms) {
        this.home = home;
        this.homeAssistant = homeAssistant;
        this.rooms = rooms;
        this.fates =
                new Fates(home, rooms.accounts(), homeAssistant, rooms.logins(), rooms.isKeptOut());
    }

    LeavePlan plan() {
        List<HomeAssistantUser> users = homeAssistant.users().list();
        List<GrantSummary> grants = grants();
        return new LeavePlan(
                people(users),
                strangeCredentials(users),
                abandoned(users),
                grants.stream().filter(Survey::isOurs).toList(),
                grants.stream().filter(grant -> !isOurs(grant)).toList(),
                new WebhookSearch(rooms.database())
                                .find(
                                        new WebhookSearch.Query(
                                                Set.of(home), Cursor.NEWEST, PHONES_MAX))
                                .webhooks()
                                .stream()
                                .filter(phone -> !phone.isClosed())
                                .toList());
    }

    private List<String> strangeCredentials(List<HomeAssistantUser> users) {
        Set<String> ours = traces().stream().map(Trace::hiddenName).collect(Collectors.toSet());
        return users.stream()
                .map(HomeAssistantUser::username)
                .filter(name -> name.startsWith(Trace.HIDDEN_PREFIX) && !ours.contains(name))
                .toList();
    }

    private List<String> abandoned(List<HomeAssistantUser> users) {
        Set<String> made = everMade();
        traces().forEach(trace -> trace.userId().ifPresent(made::remove));
        return users.stream()
                .filter(user -> made.contains(user.id()) && user.credentialProviders().isEmpty())
                .map(HomeAssistantUser::name)
                .toList();
    }

    /// The ids of all users that were ever made here, as the audit log has them.
    private Set<String> everMade() {
        AuditQuery query = AuditQuery.ALL.at(home.value()).of(Set.of(MADE));
        AuditStore log = new AuditStore(rooms.database());
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
        return rooms.homeUsers().tracesAt(home);
    }

    /// What programs have at this home, as far as the gateway knows.
    List<GrantSummary> grants() {
        return rooms.grants().list().stream().filter(grant -> grant.home().equals(home)).toList();
    }

    /// Whether the client holds a token of the gateway's, which is worth nothing without it.
    static boolean isOurs(GrantSummary grant) {
        return switch (grant.kind()) {
            case CLIENT -> true;
            // The client has Home Assistant's own token, which lives on.
            case ADOPTED, LONG_LIVED, SERVICE -> false;
        };
    }

    /// @param users as Home Assistant has them now
    List<Leaver> people(List<HomeAssistantUser> users) {
        return traces().stream()
                .flatMap(
                        trace ->
                                rooms
                                        .accounts()
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
        return users.stream()
                .filter(user -> user.isActive() && user.isAdministrator())
                .filter(user -> !user.credentialProviders().isEmpty())
                .anyMatch(user -> traces.stream().noneMatch(one -> isNoneThen(one, user)));
    }

    /// Whether this is the trace of a user who is no administrator afterwards, or cannot come in.
    private boolean isNoneThen(Trace trace, HomeAssistantUser user) {
        return trace.userId().filter(user.id()::equals).isPresent()
                && rooms.accounts()
                        .find(trace.account())
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
