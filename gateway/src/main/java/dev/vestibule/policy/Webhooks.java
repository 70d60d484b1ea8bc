package dev.vestibule.policy;

import dev.vestibule.config.HomeId;

/// Knows which webhooks are open. May wait; safe to share between threads.
@FunctionalInterface
public interface Webhooks {

    Judgement judge(HomeId home, String webhookId);

    /// What is known about a webhook.
    enum Judgement {
        /// It belongs to an active person, or the operator opened it.
        OPEN,
        /// It was closed for good, and its person may come in again: the phone is to register anew.
        GONE,
        /// Unknown, or its person's access has ended.
        REFUSED,
        /// It cannot be judged now.
        UNJUDGEABLE
    }
}
