package dev.vestibule.adoption;

import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.HomeId;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.Webhook;
import dev.vestibule.webhook.WebhookService;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Takes over the webhooks of phones that registered before the gateway came, or around it. Each is
/// given to its person where Home Assistant tells whose it is; the others stay open for a while.
/// Safe to share between threads; waits for Home Assistant.
public final class PhoneAdoption {

    private static final Logger LOG = LoggerFactory.getLogger(PhoneAdoption.class);

    private final HomeId home;
    private final HomeAssistant homeAssistant;
    private final WebhookService webhooks;
    private final Residents residents;
    private final ExistingTokens policy;
    private final Instant openUntil;

    PhoneAdoption(
            HomeId home,
            HomeAssistant homeAssistant,
            WebhookService webhooks,
            Residents residents,
            ExistingTokens policy,
            Instant openUntil) {
        this.home = home;
        this.homeAssistant = homeAssistant;
        this.webhooks = webhooks;
        this.residents = residents;
        this.policy = policy;
        this.openUntil = openUntil;
    }

    /// Looks at the webhooks that Home Assistant has now.
    public void lookAround() {
        switch (policy) {
            case DENY -> webhooks.closeUnassigned(home);
            case ADOPT ->
                    adopt(homeAssistant.webhooks().stream().filter(Webhook::isPhone).toList());
        }
    }

    /// First those whose person can be told, so that what is somebody's is never open as nobody's
    /// (attack: the webhook of a wall tablet, in the moment in which its owner is asked for).
    private void adopt(List<Webhook> phones) {
        List<Webhook> unassigned =
                phones.stream().filter(phone -> !webhooks.isAssigned(home, phone.id())).toList();
        Optional<HomeAssistantUnavailable> trouble =
                homeAssistant.webhookOwners().ownersOf(unassigned).entrySet().stream()
                        .flatMap(owned -> tryToAssign(owned.getKey(), owned.getValue()).stream())
                        .reduce((first, _) -> first);
        webhooks.adopt(home, phones, openUntil);
        if (trouble.isPresent()) {
            throw trouble.get();
        }
    }

    /// One phone whose person cannot be told now keeps back neither the others nor itself: users of
    /// tablets are known here without asking.
    private Optional<HomeAssistantUnavailable> tryToAssign(Webhook phone, String userId) {
        try {
            assign(phone, userId);
            return Optional.empty();
        } catch (HomeAssistantUnavailable away) {
            return Optional.of(away);
        }
    }

    private void assign(Webhook phone, String userId) {
        residents
                .accountFor(userId)
                .ifPresent(
                        account -> {
                            webhooks.learn(home, phone.id(), account);
                            LOG.info(
                                    "event=webhook-assigned home={} account={} name=\"{}\"",
                                    home,
                                    account,
                                    phone.name());
                        });
    }
}
