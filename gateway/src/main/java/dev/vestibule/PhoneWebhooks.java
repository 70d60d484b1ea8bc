package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.proxy.WebhookLearner;
import dev.vestibule.secret.Secret;
import dev.vestibule.webhook.WebhookService;

/// Gives the webhook of each phone that registers to its person. Safe to share between threads.
///
/// Nothing registers on a wall tablet or for an emergency administrator (attack: whoever stands in
/// front of the tablet takes away an address that works from anywhere, and goes on when it is
/// gone).
final class PhoneWebhooks implements WebhookLearner {

    private final AccountStore accounts;
    private final WebhookService webhooks;

    PhoneWebhooks(AccountStore accounts, WebhookService webhooks) {
        this.accounts = accounts;
        this.webhooks = webhooks;
    }

    @Override
    public boolean mayRegister(LiveGrant grant) {
        return grant.account().map(this::mayKeepPhones).orElse(true);
    }

    private boolean mayKeepPhones(AccountId id) {
        return accounts.find(id).map(Account::origin).filter(AccountOrigin::isAPersons).isPresent();
    }

    @Override
    public void learned(LiveGrant grant, Secret webhookId) {
        grant.account().ifPresent(account -> webhooks.learn(grant.home(), webhookId, account));
    }
}
