package dev.vestibule.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A gateway's side of the control socket that remembers what it was asked. Safe to share.
final class RecordedCommands implements ControlCommands {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public List<AccountLine> accounts() {
        asked.add("accounts");
        return List.of(
                new AccountLine(
                        "a-1",
                        "ada",
                        "Ada \u001B[31mLovelace",
                        "active",
                        List.of("home: admin", "lake: user"),
                        "2026-01-02T03:04:05Z",
                        "2026-01-02T03:09:05Z",
                        List.of()),
                new AccountLine(
                        "a-2",
                        "bob",
                        "Bob",
                        "suspended",
                        List.of(),
                        "",
                        "",
                        List.of("home: waiting (Home Assistant is away)")));
    }

    @Override
    public ControlOutcome link(String account, String home, String homeAssistantUser) {
        asked.add("link " + account + " '" + home + "' " + homeAssistantUser);
        return new ControlOutcome.Done("linked");
    }

    @Override
    public ControlOutcome suspend(String account) {
        asked.add("suspend " + account);
        return account.equals("nobody")
                ? new ControlOutcome.Refused("There is no account 'nobody'.")
                : new ControlOutcome.Done(account + " is out.");
    }

    @Override
    public ControlOutcome restore(String account) {
        asked.add("restore " + account);
        return new ControlOutcome.Done(account + " may sign in again.");
    }

    @Override
    public ControlOutcome remove(String account) {
        asked.add("remove " + account);
        return new ControlOutcome.Done(account + " is removed.");
    }

    @Override
    public ControlOutcome signOut(String account) {
        asked.add("sign-out " + account);
        return new ControlOutcome.Done(account + " is signed out everywhere.");
    }

    @Override
    public List<GrantLine> grants() {
        asked.add("grants");
        return List.of(
                new GrantLine(
                        "g-1",
                        "home",
                        "service",
                        "",
                        "Cast",
                        "waiting",
                        "2026-01-01T03:04:05Z",
                        "2026-01-02T03:04:05Z",
                        ""));
    }

    @Override
    public ControlOutcome approve(String grant) {
        asked.add("approve " + grant);
        return new ControlOutcome.Done("approved");
    }

    @Override
    public ControlOutcome revoke(String grant) {
        asked.add("revoke " + grant);
        return new ControlOutcome.Done("revoked");
    }
}
