package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.breaker.HoldSummary;
import dev.vestibule.breaker.Source;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Facts;
import dev.vestibule.http.Page.Part.Heading;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Named;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// People who would lose their access, and are held because they are too many at once: who they
/// are, and an administrator's word about them. Safe to share between threads.
final class HeldDepartures {

    private static final ConsolePlace PLACE = ConsolePlace.IDENTITY_SYSTEMS;
    private static final int ROWS_MAX = 50;

    private final IdentitySystems systems;

    HeldDepartures(IdentitySystems systems) {
        this.systems = systems;
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Heading(text("console.held.title")));
        List<HoldSummary> holds = systems.breaker().list();
        if (holds.isEmpty()) {
            parts.add(new Quiet(text("console.held.empty")));
        }
        for (HoldSummary hold : holds) {
            parts.add(facts(hold));
            if (!hold.isAllowed()) {
                parts.addAll(people(hold));
            }
            parts.add(actions(hold));
        }
        return parts;
    }

    private static Facts facts(HoldSummary hold) {
        List<Named> facts = new ArrayList<>();
        facts.add(new Named(text("console.held.source"), new Cell.Literal(hold.source())));
        facts.add(
                new Named(
                        text("console.people.state"),
                        hold.isAllowed()
                                ? new Cell.Badge(text("console.held.allowed"), Tone.WARNING)
                                : new Cell.Badge(text("console.held.held"), Tone.WARNING)));
        facts.add(new Named(text("console.held.since"), new Cell.Moment(hold.beganAt())));
        facts.add(new Named(text("console.held.until"), new Cell.Moment(hold.endsAt())));
        if (!hold.isAllowed()) {
            facts.add(
                    new Named(
                            text("console.held.people"),
                            Cell.words(
                                    text(
                                            "console.held.count",
                                            hold.waiting(),
                                            hold.people(),
                                            hold.gone()))));
        }
        return new Facts(facts);
    }

    private List<Part> people(HoldSummary hold) {
        List<Account> waiting =
                source(hold.source())
                        .map(source -> systems.breaker().waiting(source, ROWS_MAX))
                        .orElse(List.of());
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Table(
                        text("console.held.people"),
                        List.of(text("console.people.name"), text("console.people.username")),
                        waiting.stream().map(HeldDepartures::row).toList(),
                        text("console.held.nobody")));
        if (hold.waiting() > waiting.size()) {
            parts.add(new Quiet(text("console.held.more", hold.waiting() - waiting.size())));
        }
        return parts;
    }

    private static List<Cell> row(Account person) {
        return List.of(
                new Cell.Link(
                        Text.verbatim(person.displayName()),
                        ConsolePlace.PEOPLE.path(person.id().value())),
                Cell.words(Text.verbatim(person.username())));
    }

    private static Facts actions(HoldSummary hold) {
        List<Named> actions = new ArrayList<>();
        if (!hold.isAllowed()) {
            actions.add(action(hold, "allow", Tone.DANGER));
        }
        actions.add(action(hold, "dismiss", Tone.PLAIN));
        return new Facts(actions);
    }

    private static Named action(HoldSummary hold, String change, Tone tone) {
        return new Named(
                text("console.held." + change + ".meaning"),
                new Cell.Act(
                        PLACE.path(),
                        List.of(new Hidden("change", change), new Hidden("source", hold.source())),
                        text("console.held." + change),
                        tone));
    }

    private Optional<Source> source(String named) {
        return systems.sources().all().stream()
                .filter(source -> source.toString().equals(named))
                .findFirst();
    }

    /// Only for what is held: nobody allows from a page what they have not seen.
    Response allow(Steward steward, Parameters form) {
        Optional<Source> source = form.single("source").filter(this::isHeld).flatMap(this::source);
        if (source.isEmpty()) {
            return notHeld(steward);
        }
        systems.breaker().allow(source.get(), steward.actor());
        return done(steward, ConsoleNotice.DEPARTURES_ALLOWED);
    }

    private boolean isHeld(String source) {
        return systems.breaker().list().stream()
                .anyMatch(hold -> hold.source().equals(source) && !hold.isAllowed());
    }

    Response dismiss(Steward steward, Parameters form) {
        return form.single("source")
                        .flatMap(this::source)
                        .filter(source -> systems.breaker().dismiss(source, steward.actor()))
                        .isPresent()
                ? done(steward, ConsoleNotice.DEPARTURES_DISMISSED)
                : notHeld(steward);
    }

    private static Response notHeld(Steward steward) {
        return ConsolePages.refused(steward, PLACE, text("console.held.not-held"), PLACE.path());
    }

    private static Response done(Steward steward, ConsoleNotice notice) {
        return ConsolePages.goTo(steward, notice.at(PLACE.path()));
    }
}
