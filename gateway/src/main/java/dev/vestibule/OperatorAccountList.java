package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.cli.ControlCommands.AccountLine;
import dev.vestibule.outbox.OutboxEntry;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The list of accounts as the operator sees it: who they are, where they may what, and whether
/// Home Assistant agrees. Safe to share between threads.
final class OperatorAccountList {

    private final Gateway gateway;

    OperatorAccountList(Gateway gateway) {
        this.gateway = gateway;
    }

    List<AccountLine> lines() {
        List<OutboxEntry> untold = gateway.facts().outbox().list();
        Map<AccountId, Instant> proven = gateway.facts().proofs().lastProven();
        return gateway.facts().accounts().list().stream()
                .map(account -> line(account, vouchedFor(account, proven), untold))
                .filter(line -> !line.isOver())
                .toList();
    }

    private static String vouchedFor(Account account, Map<AccountId, Instant> proven) {
        return Optional.ofNullable(proven.get(account.id())).map(Instant::toString).orElse("");
    }

    private AccountLine line(Account account, String vouchedFor, List<OutboxEntry> untold) {
        return new AccountLine(
                account.id().value(),
                account.username(),
                account.displayName(),
                account.state().name().toLowerCase(Locale.ROOT),
                gateway.homes().stream().flatMap(home -> roleAt(account, home).stream()).toList(),
                account.lastSeenAt().toString(),
                vouchedFor,
                agreement(account, untold));
    }

    private List<String> agreement(Account account, List<OutboxEntry> untold) {
        List<String> waiting =
                untold.stream()
                        .filter(entry -> entry.accountId().equals(account.id().value()))
                        .filter(entry -> entry.concernsPerson() || entry.isUnconverged())
                        .map(OperatorAccountList::said)
                        .toList();
        if (!waiting.isEmpty()) {
            return waiting;
        }
        return account.isActive()
                ? gateway.homes().stream().flatMap(home -> standing(account, home)).toList()
                : List.of("agrees");
    }

    private Stream<String> standing(Account account, GatewayHome home) {
        return switch (gateway.facts().homeUsers().standingOf(account.id(), home.id())) {
            case PRESENT -> Stream.empty();
            case INACTIVE -> Stream.of(home.id() + ": switched off there");
            case GONE -> Stream.of(home.id() + ": deleted there");
        };
    }

    private static String said(OutboxEntry entry) {
        String state = entry.isUnconverged() ? "disagrees" : "waiting";
        return entry.home()
                + ": "
                + state
                + (entry.problem().isEmpty() ? "" : " (" + entry.problem() + ")");
    }

    private Optional<String> roleAt(Account account, GatewayHome home) {
        return gateway.facts()
                .accounts()
                .roleOf(account.id(), home.id())
                .map(role -> home.id() + ": " + role.name().toLowerCase(Locale.ROOT));
    }
}
