package dev.vestibule.proxy;

import dev.vestibule.grant.LiveGrant;
import dev.vestibule.secret.Secret;

/// Decides whose phones may register, and is told the webhook that one got. May wait; called on
/// virtual threads.
public interface WebhookLearner {

    /// Asked before anything of the registration leaves: what Home Assistant has made once works
    /// for whoever knows its id.
    boolean mayRegister(LiveGrant grant);

    /// Returns when the webhook is known for good; the phone gets its answer after that.
    ///
    /// @throws RuntimeException of the outside that failed; the phone then gets no answer and
    ///   registers again
    void learned(LiveGrant grant, Secret webhookId);
}
