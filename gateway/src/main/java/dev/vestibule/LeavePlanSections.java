package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.cli.LeaveControl.LeaveSection;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.leave.LeavePlan;
import dev.vestibule.webhook.WebhookLine;

import java.util.ArrayList;
import java.util.List;

/// Tells the operator what leaving a home would mean.
final class LeavePlanSections {

    private final AccountStore accounts;
    private final HomeConfig home;

    LeavePlanSections(AccountStore accounts, HomeConfig home) {
        this.accounts = accounts;
        this.home = home;
    }

    List<LeaveSection> of(LeavePlan plan) {
        List<LeaveSection> all = new ArrayList<>(LeaverSections.of(plan.people()));
        LeaverSections.add(
                all,
                "Were to lose their access, and keep it until somebody decides: leaving waits for"
                        + " that. See 'vestibule deprovisioning list'",
                LeaverSections.names(plan.undecided()));
        LeaverSections.add(
                all,
                "Sign in anew, at Home Assistant's own page: what they hold is Vestibule's",
                plan.ending().stream().map(this::program).distinct().toList());
        LeaverSections.add(
                all,
                "Keep what they hold, which is Home Assistant's own; scripts that name an address"
                        + " need Home Assistant's",
                plan.staying().stream().map(this::program).distinct().toList());
        LeaverSections.add(
                all,
                "Phones that send to the house. Where the address stays the same they go on;"
                        + " otherwise give them Home Assistant's in the app's settings",
                plan.phones().stream().map(this::phone).toList());
        LeaverSections.add(
                all,
                "Wall tablets, which sign in with the login of their user",
                home.signIn().kiosks().stream().map(kiosk -> kiosk.name()).toList());
        LeaverSections.add(
                all,
                "Made here, nobody's any more, and without a login: delete them in Home Assistant"
                        + " if you like",
                plan.abandoned());
        LeaverSections.add(
                all,
                "Hidden credentials of nobody here, perhaps of another Vestibule: look at them"
                        + " yourself",
                plan.strangeCredentials());
        all.add(
                new LeaveSection(
                        "Last",
                        List.of(
                                "Vestibule's own token is ended, and nobody comes in through it any"
                                        + " more.",
                                "Have the reverse proxy lead "
                                        + home.publicUrl()
                                        + " to "
                                        + home.homeAssistant().url()
                                        + ", and list it there as 'http: trusted_proxies'.")));
        return all;
    }

    private String program(GrantSummary grant) {
        String what = grant.name().isEmpty() ? grant.clientId() : grant.name();
        return who(grant.accountId()) + ": " + what + kind(grant);
    }

    private static String kind(GrantSummary grant) {
        return switch (grant.kind()) {
            case CLIENT -> "";
            case ADOPTED -> " (older than Vestibule)";
            case LONG_LIVED -> " (long-lived token)";
            case SERVICE -> " (service)";
        };
    }

    private String phone(WebhookLine phone) {
        return who(phone.accountId()) + ": " + phone.name();
    }

    private String who(String accountId) {
        return accountId.isEmpty()
                ? "nobody's"
                : accounts.find(new AccountId(accountId)).map(Account::username).orElse("somebody");
    }
}
