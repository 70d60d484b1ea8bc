package dev.vestibule;

import dev.vestibule.cli.LeaveControl.LeaveSection;
import dev.vestibule.leave.Fate;
import dev.vestibule.leave.Leaver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Tells the operator what becomes of whom, for the plan and for the report.
final class LeaverSections {

    private LeaverSections() {}

    static List<LeaveSection> of(List<Leaver> people) {
        List<LeaveSection> all = new ArrayList<>();
        add(
                all,
                "Nobody knows a password of theirs; get a login of their own",
                said(
                        people,
                        Fate.GetsLogin.class,
                        (leaver, fate) -> name(leaver) + ": " + fate.username()));
        add(
                all,
                "Made here; have a login of their own already",
                said(people, Fate.HasLogin.class, (leaver, _) -> name(leaver)));
        add(
                all,
                "There before; keep their own login",
                said(people, Fate.WasBefore.class, (leaver, _) -> name(leaver)));
        add(
                all,
                "There before; keep their own login, and get their groups back",
                regrouped(people, back -> !back.raises()));
        add(
                all,
                "There before; are ADMINISTRATORS again, as before Vestibule. Whoever is not to be"
                        + " one: change their groups in Home Assistant afterwards",
                regrouped(people, Fate.GetsGroupsBack::raises));
        add(
                all,
                "Shut out; are deactivated in Home Assistant, and stay so",
                said(people, Fate.StaysOff.class, (leaver, fate) -> off(leaver, fate.groups())));
        add(
                all,
                "May come in, but have not signed in since they were let in again or linked: stay"
                        + " deactivated in Home Assistant. Have them sign in before, or activate"
                        + " them there afterwards",
                said(people, Fate.IsNotBack.class, (leaver, fate) -> off(leaver, fate.groups())));
        add(
                all,
                "Shut out by Vestibule alone: can come in again by their own password",
                comingBack(people));
        add(
                all,
                "Made for emergencies, or never finished; are deleted",
                said(people, Fate.IsDeleted.class, (leaver, _) -> name(leaver)));
        add(
                all,
                "Deleted in Home Assistant already",
                said(people, Fate.IsGone.class, (leaver, _) -> name(leaver)));
        return all;
    }

    private static List<String> regrouped(
            List<Leaver> people, Predicate<Fate.GetsGroupsBack> which) {
        return people.stream()
                .flatMap(
                        leaver ->
                                groups(leaver.fate())
                                        .filter(which)
                                        .map(back -> regrouped(leaver, back))
                                        .stream())
                .toList();
    }

    private static Optional<Fate.GetsGroupsBack> groups(Fate fate) {
        return switch (fate) {
            case Fate.GetsGroupsBack back -> Optional.of(back);
            case Fate.GetsLogin(_, var back) -> back;
            case Fate.HasLogin _,
                    Fate.WasBefore _,
                    Fate.StaysOff _,
                    Fate.IsNotBack _,
                    Fate.ComesBack _,
                    Fate.IsDeleted _,
                    Fate.IsGone _ ->
                    Optional.empty();
        };
    }

    private static String regrouped(Leaver leaver, Fate.GetsGroupsBack back) {
        return name(leaver)
                + ": from "
                + new TreeSet<>(back.from())
                + " to "
                + new TreeSet<>(back.to());
    }

    private static String off(Leaver leaver, Optional<Fate.GetsGroupsBack> groups) {
        return groups.map(back -> regrouped(leaver, back)).orElseGet(() -> name(leaver));
    }

    private static String comesBack(Leaver leaver, Fate.ComesBack fate) {
        return fate.isNotBack()
                ? name(leaver) + ": until they sign in once more, which they may"
                : name(leaver);
    }

    @FunctionalInterface
    private interface Sentence<F> {
        String of(Leaver leaver, F fate);
    }

    private static <F extends Fate> List<String> said(
            List<Leaver> people, Class<F> fate, Sentence<F> sentence) {
        return people.stream()
                .filter(leaver -> fate.isInstance(leaver.fate()))
                .map(leaver -> sentence.of(leaver, fate.cast(leaver.fate())))
                .toList();
    }

    private static String name(Leaver leaver) {
        String here = leaver.account().displayName() + " (" + leaver.account().username() + ")";
        String there = leaver.homeAssistantName();
        return there.isEmpty() || there.equals(leaver.account().displayName())
                ? here
                : here + ", there \"" + there + "\"";
    }

    /// Those who hold a leaving up, each with the reason.
    static List<String> comingBack(List<Leaver> people) {
        return said(people, Fate.ComesBack.class, LeaverSections::comesBack);
    }

    static List<String> names(List<Leaver> people) {
        return people.stream().map(LeaverSections::name).toList();
    }

    static void add(List<LeaveSection> all, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            all.add(new LeaveSection(heading + ":", lines));
        }
    }
}
