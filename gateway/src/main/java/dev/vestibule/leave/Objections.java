package dev.vestibule.leave;

import dev.vestibule.account.AccountId;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.HomeAssistantUser;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What speaks against leaving a home, until the operator has changed it or says that it is meant.
/// Safe to share between threads.
final class Objections {

    private final Survey survey;
    private final Supplier<Set<AccountId>> undecided;

    /// @param undecided who was to lose their access, and keeps it until somebody decides
    Objections(Survey survey, Supplier<Set<AccountId>> undecided) {
        this.survey = survey;
        this.undecided = undecided;
    }

    /// @param users as Home Assistant has them now
    Optional<LeaveResult> find(List<HomeAssistantUser> users, Although although) {
        List<Leaver> people = survey.people(users);
        List<Leaver> returning = those(people, leaver -> comesBack(leaver.fate()));
        if (!returning.isEmpty() && !although.peopleComeBack()) {
            return Optional.of(new LeaveResult.WouldComeBack(returning));
        }
        List<Leaver> waiting = undecided(people);
        if (!waiting.isEmpty() && !although.departuresAreHeld()) {
            return Optional.of(new LeaveResult.Undecided(waiting));
        }
        return survey.canBeRun(users)
                ? Optional.empty()
                : Optional.of(new LeaveResult.NobodyCouldRunIt());
    }

    /// Those who were to lose their access, and would have a login of their own for good.
    List<Leaver> undecided(List<Leaver> people) {
        Set<AccountId> waiting = undecided.get();
        return those(
                people,
                leaver -> waiting.contains(leaver.account().id()) && comesIn(leaver.fate()));
    }

    /// As [#find], about one person: things change while a home is being left.
    ///
    /// @throws HomeAssistantUnavailable where something speaks against it now
    void requireNone(Leaver leaver, Although although) {
        String username = leaver.account().username();
        if (comesBack(leaver.fate()) && !although.peopleComeBack()) {
            throw new HomeAssistantUnavailable(
                    username + " was shut out meanwhile, by the gateway alone");
        }
        if (!although.departuresAreHeld() && !undecided(List.of(leaver)).isEmpty()) {
            throw new HomeAssistantUnavailable(
                    username + " was to lose their access meanwhile, and nobody has decided yet");
        }
    }

    private static List<Leaver> those(List<Leaver> people, Predicate<Leaver> which) {
        return people.stream().filter(which).toList();
    }

    private static boolean comesBack(Fate fate) {
        return fate instanceof Fate.ComesBack;
    }

    private static boolean comesIn(Fate fate) {
        return switch (fate) {
            case Fate.GetsLogin _,
                    Fate.HasLogin _,
                    Fate.WasBefore _,
                    Fate.GetsGroupsBack _,
                    Fate.ComesBack _ ->
                    true;
            case Fate.StaysOff _, Fate.IsNotBack _, Fate.IsDeleted _, Fate.IsGone _ -> false;
        };
    }
}
