package dev.vestibule.policy;

import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Connections;

/// Knows which webhooks are open. Safe to share between threads.
public interface Webhooks {

    /// What a request to a webhook registers with, which is cut when webhooks close. Taken before
    /// [#judge] is asked: where one closes after the answer, this has ended. Never waits.
    Connections callers(HomeId home, String webhookId);

    /// May wait.
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
