package dev.vestibule.console;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.http.LocalAddress;
import dev.vestibule.http.Page.Part;
import dev.vestibule.http.Page.Part.Cell;
import dev.vestibule.http.Page.Part.Hidden;
import dev.vestibule.http.Page.Part.Quiet;
import dev.vestibule.http.Page.Part.Table;
import dev.vestibule.http.Page.Part.Tone;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.visit.LongList;
import dev.vestibule.webhook.WebhookClosing;
import dev.vestibule.webhook.WebhookLine;
import dev.vestibule.webhook.WebhookSearch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `/auth/vestibule/console/webhooks`: by which address phones speak to Home Assistant without
/// anybody being signed in, whose they are, and a button that closes one. Only hashes of the
/// addresses are known here.
final class WebhooksPage implements ConsolePage {

    private static final int ROWS = 50;

    private final InstantSource time;
    private final WebhookSearch search;
    private final AccountStore accounts;
    private final WebhookClosing closing;

    WebhooksPage(
            InstantSource time,
            WebhookSearch search,
            AccountStore accounts,
            WebhookClosing closing) {
        this.time = time;
        this.search = search;
        this.accounts = accounts;
        this.closing = closing;
    }

    @Override
    public Response show(Steward steward, Request request) {
        Instant now = time.instant();
        LongList list = LongList.of(LocalAddress.of(ConsolePlace.WEBHOOKS.path()), request);
        WebhookSearch.Found found =
                search.find(new WebhookSearch.Query(steward.homes(), list.after(), ROWS));
        AccountNames people =
                AccountNames.of(accounts, found.webhooks().stream().map(WebhookLine::accountId));
        List<Part> parts =
                List.of(
                        new Quiet(text("console.webhooks.text")),
                        new Table(
                                ConsolePlace.WEBHOOKS.label(),
                                List.of(
                                        text("console.people.name"),
                                        text("console.column.person"),
                                        text("console.person.home"),
                                        text("console.people.state"),
                                        text("console.webhooks.since"),
                                        Text.nothing()),
                                found.webhooks().stream()
                                        .map(webhook -> row(webhook, people, now))
                                        .toList(),
                                text("console.webhooks.empty")),
                        list.pager(found.next()));
        return ConsolePages.page(
                steward, request, ConsolePlace.WEBHOOKS, ConsolePlace.WEBHOOKS.label(), parts);
    }

    private static List<Cell> row(WebhookLine webhook, AccountNames people, Instant now) {
        return List.of(
                Cell.words(Text.verbatim(webhook.name())),
                webhook.accountId().isEmpty()
                        ? Cell.words(text("console.webhooks.nobody"))
                        : people.cell(webhook.accountId()),
                Cell.words(Text.verbatim(webhook.home().value())),
                state(webhook, now),
                new Cell.Moment(webhook.createdAt()),
                webhook.isClosed() ? Cell.nothing() : act(webhook));
    }

    private static Cell state(WebhookLine webhook, Instant now) {
        if (webhook.isClosed()) {
            return new Cell.Badge(text("console.webhooks.closed"), Tone.PLAIN);
        }
        return webhook.openUntil()
                .map(until -> unclaimed(until, now))
                .orElse(new Cell.Badge(text("console.webhooks.open"), Tone.GOOD));
    }

    private static Cell unclaimed(Instant until, Instant now) {
        return until.isAfter(now)
                ? new Cell.Several(
                        List.of(
                                new Cell.Badge(text("console.webhooks.open-until"), Tone.WARNING),
                                new Cell.Moment(until)))
                : new Cell.Badge(text("console.webhooks.lapsed"), Tone.PLAIN);
    }

    private static Cell act(WebhookLine webhook) {
        return new Cell.Act(
                ConsolePlace.WEBHOOKS.path(),
                List.of(
                        new Hidden("home", webhook.home().value()),
                        new Hidden("webhook", webhook.key())),
                text("console.webhooks.close"),
                Tone.PLAIN);
    }

    @Override
    public Response change(Steward steward, Request request) {
        Optional<HomeId> home =
                steward.homes().stream()
                        .filter(
                                own ->
                                        request.form()
                                                .single("home")
                                                .equals(Optional.of(own.value())))
                        .findFirst();
        String key = request.form().single("webhook").orElse("");
        return home.isPresent()
                        && closing.close(
                                home.get(), key, steward.actor().by(), steward.actor().address())
                ? ConsolePages.goTo(
                        steward, ConsoleNotice.WEBHOOK_CLOSED.at(ConsolePlace.WEBHOOKS.path()))
                : ConsolePages.notFound(steward, ConsolePlace.WEBHOOKS);
    }
}
