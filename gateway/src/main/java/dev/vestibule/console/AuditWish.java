package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.audit.AuditKinds;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Page.Part.DayField;
import dev.vestibule.http.Page.Part.Option;
import dev.vestibule.http.Page.Part.Search;
import dev.vestibule.http.Page.Part.SelectField;
import dev.vestibule.http.Page.Part.WordsField;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.http.Request;
import dev.vestibule.http.Text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What somebody looks for in the audit log, as they typed it; each is empty text where it does not
/// matter.
///
/// @param words stand in the address or in a value
/// @param account a user name, or the id of an account
/// @param kind the name of an event
/// @param since a day, such as `2026-11-26`
/// @param until a day, the last one
record AuditWish(String words, String account, String kind, String since, String until) {

    /// Four digits: years beyond have no milliseconds.
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /// @throws BadRequest where a day or the event is none
    static AuditWish of(Request request) {
        AuditWish wish =
                new AuditWish(
                        typed(request, "q"),
                        typed(request, "account"),
                        typed(request, "event"),
                        typed(request, "since"),
                        typed(request, "until"));
        if (!wish.kind.isEmpty() && !AuditKinds.unknownAmong(Set.of(wish.kind)).isEmpty()) {
            throw new BadRequest("There is no such event.");
        }
        wish.query("");
        return wish;
    }

    private static String typed(Request request, String name) {
        return request.query().single(name).orElse("").strip();
    }

    /// @param accountId whose account it is about; empty for everybody's
    AuditQuery query(String accountId) {
        return AuditQuery.ALL
                .between(
                        since.isEmpty() ? AuditQuery.BEGINNING : begin(day(since)),
                        until.isEmpty() ? AuditQuery.END : begin(day(until).plusDays(1)))
                .about(accountId)
                .of(kind.isEmpty() ? Set.of() : Set.of(kind))
                .with(words);
    }

    private static LocalDate day(String typed) {
        try {
            if (DAY.matcher(typed).matches()) {
                return LocalDate.parse(typed);
            }
        } catch (DateTimeException noSuchDay) {
            throw notADay();
        }
        throw notADay();
    }

    private static BadRequest notADay() {
        return new BadRequest("A day is written like 2026-11-26.");
    }

    /// On the clock of the gateway's house, as moments are shown.
    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneId.systemDefault()).toInstant();
    }

    boolean isEmpty() {
        return asked().findAny().isEmpty();
    }

    /// The same wish, as the query of an address.
    String parameters() {
        return asked().map(field -> field.name() + "=" + PercentCoding.encode(field.value()))
                .collect(Collectors.joining("&"));
    }

    private record Asked(String name, String value) {}

    private Stream<Asked> asked() {
        return Stream.of(
                        new Asked("q", words),
                        new Asked("account", account),
                        new Asked("event", kind),
                        new Asked("since", since),
                        new Asked("until", until))
                .filter(field -> !field.value().isEmpty());
    }

    Search form() {
        return new Search(
                ConsolePlace.AUDIT.path(),
                List.of(
                        new WordsField("q", text("console.audit.words"), words),
                        new WordsField("account", text("console.audit.account"), account),
                        new SelectField("event", text("console.audit.event"), events(), kind),
                        new DayField("since", text("console.audit.since"), since),
                        new DayField("until", text("console.audit.until"), until)),
                text("console.search"));
    }

    private static List<Option> events() {
        return Stream.concat(
                        Stream.of(new Option("", text("console.audit.every-event"))),
                        AuditKinds.names().stream()
                                .map(name -> new Option(name, Text.verbatim(name))))
                .toList();
    }
}
