package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.Account;
import dev.vestibule.audit.AuditLine;
import dev.vestibule.audit.AuditQuery;
import dev.vestibule.audit.AuditStore;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Text;
import dev.vestibule.store.Cursor;
import dev.vestibule.telling.Telling;

import java.util.List;
import java.util.stream.IntStream;

/// The last that happened to a person, on their page.
record LatestEvents(AuditStore log, Telling telling) {

    private static final int ROWS = 5;

    Table of(Account person) {
        List<AuditLine> lines =
                log.before(AuditQuery.ALL.about(person.id().value()), Cursor.NEWEST, ROWS).lines();
        List<Text> sentences = telling.tell(lines);
        return new Table(
                text("console.person.audit"),
                List.of(
                        text("console.audit.at"),
                        text("console.audit.sentence"),
                        text("console.column.address")),
                IntStream.range(0, lines.size())
                        .mapToObj(i -> row(lines.get(i), sentences.get(i)))
                        .toList(),
                text("console.audit.empty"));
    }

    private static List<Cell> row(AuditLine line, Text sentence) {
        return List.of(
                new Cell.Moment(line.at()), Cell.words(sentence), new Cell.Literal(line.address()));
    }
}
