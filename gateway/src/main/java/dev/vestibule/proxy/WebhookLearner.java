package dev.vestibule.proxy;

import dev.vestibule.grant.LiveGrant;
import dev.vestibule.secret.Secret;

/// Is told the webhook that a phone got when it registered. May wait; called on a virtual thread.
@FunctionalInterface
public interface WebhookLearner {

    /// Returns when the webhook is known for good; the phone gets its answer after that.
    ///
    /// @throws RuntimeException of the outside that failed; the phone then gets no answer and
    ///   registers again
    void learned(LiveGrant grant, Secret webhookId);
}
