package dev.vestibule.explain;

import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditPage;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.policy.AccessDecision.Refusal;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.store.Cursor;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the reference number on a page of refusal stands for. Safe to share between threads; waits
/// for the database.
public final class ReferenceReport {

    private static final Pattern REFERENCE = Pattern.compile("[0-9a-f]{6}-[0-9a-z]{1,13}");

    private static final int LINES_OF_PAGE = 200;

    private final RequestRefusals refusals;
    private final AuditStore audit;

    public ReferenceReport(RequestRefusals refusals, AuditStore audit) {
        this.refusals = refusals;
        this.audit = audit;
    }

    /// Whether a text looks like one.
    public static boolean isMeant(String text) {
        return REFERENCE.matcher(text).matches();
    }

    /// Empty where nothing is remembered under it.
    public Optional<Explanation> of(String reference) {
        return inAudit(reference).or(() -> refusals.recent(reference).map(ReferenceReport::said));
    }

    private Optional<Explanation> inAudit(String reference) {
        return pages(AuditQuery.ALL.with(reference))
                .flatMap(page -> page.lines().stream())
                .filter(line -> reference.equals(line.fields().get("reference")))
                .findFirst()
                .map(ReferenceReport::said);
    }

    /// All of them, the newest first, each read when it is asked for. Attack: somebody tries to
    /// sign in again and again with the number as a name, so that the line that it stands for is
    /// behind many others.
    private Stream<AuditPage> pages(AuditQuery query) {
        return Stream.iterate(
                        Optional.of(audit.before(query, Cursor.NEWEST, LINES_OF_PAGE)),
                        Optional::isPresent,
                        page ->
                                page.flatMap(AuditPage::next)
                                        .map(place -> audit.before(query, place, LINES_OF_PAGE)))
                .flatMap(Optional::stream);
    }

    private static Explanation said(AuditLine line) {
        Explanation.Draft draft =
                new Explanation.Draft()
                        .say("when", line.at().toString())
                        .say("from", line.address())
                        .say("what", line.kind());
        line.fields()
                .forEach(
                        (name, value) -> {
                            if (!name.equals("reference")) {
                                draft.say(name, value);
                            }
                        });
        return draft.advise(
                        "docs/audit.md lists the events and their reasons; vestibule explain"
                                + " ACCOUNT says what holds for a person now.")
                .done();
    }

    private static Explanation said(RequestRefusals.Refused refused) {
        Optional<Refusal> refusal = RefusalWords.named(refused.reason());
        Explanation.Draft draft =
                new Explanation.Draft()
                        .say("when", refused.at().truncatedTo(ChronoUnit.SECONDS).toString())
                        .say("from", from(refused.client()))
                        .say("class", refused.place())
                        .say("counts here", counts(refused.place()))
                        .say("decision", "refused (" + refused.reason() + ")");
        refusal.ifPresent(
                reason ->
                        draft.say("because", RefusalWords.because(reason, kind(refused.place())))
                                .advise(RefusalWords.ofReason(reason)));
        return draft.done();
    }

    private static String counts(String place) {
        return kindNamed(place).map(ClassWords::counts).orElse("");
    }

    private static String from(ClientAddress client) {
        return client.toString();
    }

    /// What was refused elsewhere than at a route is of no class that says more.
    private static RouteClass kind(String place) {
        return kindNamed(place).orElse(RouteClass.OWN);
    }

    private static Optional<RouteClass> kindNamed(String place) {
        return Arrays.stream(RouteClass.values())
                .filter(kind -> kind.code().equals(place))
                .findFirst();
    }
}
