package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.audit.AuditKinds;
import dev.vestibule.audit.AuditQuery;
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
import java.util.Optional;
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

    static AuditWish of(Request request) {
        return new AuditWish(
                typed(request, "q"),
                typed(request, "account"),
                typed(request, "event"),
                typed(request, "since"),
                typed(request, "until"));
    }

    /// Why nobody can look for that; empty where [#query] can.
    Optional<Text> fault() {
        if (!kind.isEmpty() && !AuditKinds.unknownAmong(Set.of(kind)).isEmpty()) {
            return Optional.of(text("console.audit.no-event"));
        }
        return Stream.of(since, until)
                .filter(typed -> !typed.isEmpty() && day(typed).isEmpty())
                .findFirst()
                .map(_ -> text("console.audit.no-day"));
    }

    private static String typed(Request request, String name) {
        return request.query().single(name).orElse("").strip();
    }

    /// Of a wish without [fault][#fault].
    ///
    /// @param accountId whose account it is about; empty for everybody's
    AuditQuery query(String accountId) {
        return AuditQuery.ALL
                .between(
                        since.isEmpty() ? AuditQuery.BEGINNING : begin(day(since).orElseThrow()),
                        until.isEmpty()
                                ? AuditQuery.END
                                : begin(day(until).orElseThrow().plusDays(1)))
                .about(accountId)
                .of(kind.isEmpty() ? Set.of() : Set.of(kind))
                .with(words);
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            return Optional.of(typed).filter(DAY.asMatchPredicate()).map(LocalDate::parse);
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
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
