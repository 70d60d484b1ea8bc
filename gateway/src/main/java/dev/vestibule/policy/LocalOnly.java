package dev.vestibule.policy;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;

/// Knows whom Home Assistant lets in from its own network only. It is enforced here because Home
/// Assistant may not see where a client is: it takes the gateway for the client unless it was told
/// to believe its headers. Safe to share between threads.
public interface LocalOnly {

    /// Whether there is anybody at all; never waits.
    boolean isAnybody(HomeId home);

    /// May wait.
    Rule ruleFor(HomeId home, AccountId account);

    /// Where a person may come from.
    enum Rule {
        ANYWHERE,
        AT_HOME,
        /// Home Assistant was not met yet, or cannot be asked.
        UNKNOWN
    }
}
