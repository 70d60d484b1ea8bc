package dev.vestibule.cli;

import dev.vestibule.explain.Explanation;
import dev.vestibule.leave.Although;
import dev.vestibule.secret.Secret;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A gateway's side of the control socket that remembers what it was asked. Safe to share.
final class RecordedCommands implements ControlCommands {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    /// What was shown as a credential.
    final List<String> tokens = new CopyOnWriteArrayList<>();

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
        return new ControlOutcome.Done("ada is now A\u001B[2Jda.\nFrom the next sign-in on.");
    }

    @Override
    public ControlOutcome suspend(String account) {
        asked.add("suspend " + account);
        return account.equals("nobody")
                ? new ControlOutcome.Refused("There is no \u001B[31maccount 'nobody'.")
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
    public ScimClientControl scimClients() {
        return new ScimClientControl() {
            @Override
            public List<ScimTokenLine> list() {
                asked.add("scim-clients");
                return List.of(
                        new ScimTokenLine(
                                "okta",
                                "keycloak",
                                "anywhere",
                                "2026-01-01T03:04:05Z",
                                "current (3d)",
                                "",
                                ""));
            }

            @Override
            public ControlOutcome add(String name, String provider, List<String> networks) {
                asked.add("add " + name + " '" + provider + "' " + networks);
                return new ControlOutcome.NewToken(new Secret("vst_scim_1"), "Keep it.");
            }

            @Override
            public ControlOutcome rotate(String name) {
                asked.add("rotate " + name);
                return new ControlOutcome.NewToken(new Secret("vst_scim_2"), "Keep it too.");
            }

            @Override
            public ControlOutcome finish(String name) {
                asked.add("finish " + name);
                return new ControlOutcome.Done("finished");
            }

            @Override
            public ControlOutcome remove(String name) {
                asked.add("remove client " + name);
                return new ControlOutcome.Done("removed");
            }

            @Override
            public ControlOutcome give(String name, String account) {
                asked.add("give " + name + " " + account);
                return new ControlOutcome.Done("given");
            }
        };
    }

    /// Two pages, whichever way they are asked for.
    @Override
    public LeaveControl leaving() {
        return new LeaveControl() {
            @Override
            public LeaveReport plan(String home) {
                asked.add("leave-plan '" + home + "'");
                return new LeaveReport(
                        List.of(
                                new LeaveSection(
                                        "Home 'home' what leaving means.",
                                        List.of("Ada \u001B[31mLovelace (ada): ada"))),
                        true);
            }

            @Override
            public LeaveReport leave(String home, Although although) {
                asked.add("leave '" + home + "' " + although);
                return new LeaveReport(
                        List.of(new LeaveSection("Home 'home' is not left yet.", List.of())),
                        false);
            }

            @Override
            public ControlOutcome comeBack(String home) {
                asked.add("come-back '" + home + "'");
                return new ControlOutcome.Done("served again");
            }

            @Override
            public List<String> standing() {
                return List.of();
            }
        };
    }

    @Override
    public AuditControl audit() {
        return (wish, place) -> {
            asked.add("audit " + wish + " '" + place + "'");
            return new AuditControl.AuditPage(
                    List.of(
                            new AuditControl.AuditEntry(
                                    place.isEmpty() ? "e-1" : "e-2",
                                    "2026-01-02T03:04:05Z",
                                    "SignInRefused",
                                    "192.0.2.7",
                                    "{\"who\":\"eve \\u001b[31m\",\"reason\":\"no-role\"}",
                                    "A sign-in by eve \u001b[31m was refused")),
                    place.isEmpty() ? "further" : "");
        };
    }

    @Override
    public ExplainControl explain() {
        return new ExplainControl() {
            @Override
            public ExplainAnswer request(RequestQuestion question) {
                asked.add("explain " + question.url() + " by " + question.method());
                tokens.add(question.accessToken().reveal());
                return question.account().equals("nobody")
                        ? new ExplainAnswer.Refused("Nobody is called so.")
                        : told();
            }

            @Override
            public ExplainAnswer credential(Secret credential) {
                asked.add("explain a credential");
                tokens.add(credential.reveal());
                return told();
            }

            @Override
            public ExplainAnswer named(String what) {
                asked.add("explain " + what);
                return told();
            }

            private ExplainAnswer told() {
                return new ExplainAnswer.Told(
                        new Explanation(
                                List.of(
                                        new Explanation.Line("class", "token"),
                                        new Explanation.Line("decision", "no \u001B[31m")),
                                List.of("Sign in.")));
            }
        };
    }

    @Override
    public KioskControl kiosks() {
        return new KioskControl() {
            @Override
            public List<KioskKeyLine> list() {
                asked.add("kiosk keys");
                return List.of(
                        new KioskKeyLine(
                                "key-1",
                                "home",
                                "hallway",
                                "Tablet/1",
                                "ada",
                                "2026-01-01T03:04:05Z",
                                "2026-01-02T03:04:05Z"));
            }

            @Override
            public ControlOutcome remove(String key) {
                asked.add("remove kiosk key " + key);
                return new ControlOutcome.Done("removed");
            }
        };
    }

    @Override
    public DeprovisioningControl deprovisioning() {
        return new DeprovisioningControl() {
            @Override
            public List<HoldLine> list() {
                asked.add("holds");
                return List.of(
                        new HoldLine(
                                "scim:okta",
                                "held",
                                "2026-01-01T03:04:05Z",
                                "2026-01-01T04:04:05Z",
                                "7 of 20",
                                "ada"));
            }

            @Override
            public ControlOutcome allow(String source) {
                asked.add("allow " + source);
                return new ControlOutcome.Done("allowed");
            }

            @Override
            public ControlOutcome dismiss(String source) {
                asked.add("dismiss " + source);
                return new ControlOutcome.Done("dismissed");
            }
        };
    }

    @Override
    public EmergencyControl emergency() {
        return new EmergencyControl() {
            @Override
            public ControlOutcome breakGlass(String home, boolean isAnywhere) {
                asked.add("break-glass '" + home + "' " + (isAnywhere ? "anywhere" : "lan"));
                return new ControlOutcome.NewToken(new Secret("7777-8888"), "Type it.");
            }

            @Override
            public ControlOutcome openLocalLogin(String home, Duration length) {
                asked.add("local-login '" + home + "' " + length);
                return new ControlOutcome.Done("opened");
            }

            @Override
            public ControlOutcome closeLocalLogin(String home) {
                asked.add("no local-login '" + home + "'");
                return new ControlOutcome.Done("closed");
            }

            @Override
            public ControlOutcome localLoginStatus() {
                asked.add("local-login?");
                return new ControlOutcome.Done("home: off");
            }

            @Override
            public ControlOutcome partFromAdministrators() {
                asked.add("part");
                return new ControlOutcome.Done("parted");
            }
        };
    }

    @Override
    public ControlOutcome revoke(String grant) {
        asked.add("revoke " + grant);
        return new ControlOutcome.Done("revoked");
    }
}
