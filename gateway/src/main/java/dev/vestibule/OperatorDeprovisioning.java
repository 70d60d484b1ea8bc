package dev.vestibule;

import dev.vestibule.audit.Actor;
import dev.vestibule.breaker.Breaker;
import dev.vestibule.breaker.HoldSummary;
import dev.vestibule.breaker.KnownSources;
import dev.vestibule.breaker.Source;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.Refused;
import dev.vestibule.cli.DeprovisioningControl;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the operator of this machine may ask of a running gateway about departures that are held.
/// Safe to share between threads.
final class OperatorDeprovisioning implements DeprovisioningControl {

    private final Breaker breaker;
    private final KnownSources sources;

    OperatorDeprovisioning(Gateway gateway) {
        this.breaker = gateway.facts().breaker();
        this.sources = gateway.sources();
    }

    @Override
    public List<HoldLine> list() {
        return breaker.list().stream().map(OperatorDeprovisioning::line).toList();
    }

    private static HoldLine line(HoldSummary hold) {
        return new HoldLine(
                hold.source(),
                hold.isAllowed() ? "allowed" : "held",
                moment(hold.beganAt()),
                moment(hold.endsAt()),
                hold.isAllowed() ? "" : hold.gone() + hold.waiting() + " of " + hold.people(),
                examples(hold));
    }

    private static String moment(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String examples(HoldSummary hold) {
        String some = String.join(", ", hold.examples());
        int more = hold.waiting() - hold.examples().size();
        return more > 0 ? some + " and " + more + " more" : some;
    }

    @Override
    public ControlOutcome allow(String source) {
        return withSource(
                source,
                found -> {
                    Instant until = breaker.allow(found, Actor.CONSOLE);
                    return new Done(
                            "Whomever "
                                    + found
                                    + " sends away loses their access at once, until "
                                    + moment(until)
                                    + ". Who was held leaves as soon as it tries again.");
                });
    }

    @Override
    public ControlOutcome dismiss(String source) {
        return withSource(
                source,
                found ->
                        breaker.dismiss(found, Actor.CONSOLE)
                                ? new Done(
                                        "Nothing of "
                                                + found
                                                + " is held or allowed any more. Whomever it sends"
                                                + " away again counts anew.")
                                : new Refused(
                                        "Nothing of "
                                                + found
                                                + " is held or allowed. See: vestibule"
                                                + " deprovisioning list"));
    }

    private ControlOutcome withSource(String named, Function<Source, ControlOutcome> work) {
        List<Source> found =
                sources.all().stream()
                        .filter(
                                source ->
                                        source.toString().equals(named) || isCalled(source, named))
                        .toList();
        return switch (found.size()) {
            case 1 -> work.apply(found.getFirst());
            case 0 ->
                    new Refused(
                            "Nobody '"
                                    + named
                                    + "' sends people away. There are: "
                                    + all()
                                    + ". Nothing was changed.");
            default ->
                    new Refused(
                            "There are "
                                    + found.stream()
                                            .map(Source::toString)
                                            .collect(Collectors.joining(" and "))
                                    + ". Write which. Nothing was changed.");
        };
    }

    private static boolean isCalled(Source source, String name) {
        return switch (source) {
            case Source.ScimClient client -> client.name().equals(name);
            case Source.Provider provider -> provider.id().equals(name);
        };
    }

    private String all() {
        return sources.all().stream().map(Source::toString).collect(Collectors.joining(", "));
    }
}
