package dev.vestibule.policy;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;

import java.util.Optional;

/// Where accounts may be used from. Most may come from anywhere; some from home only, because Home
/// Assistant says so (it may not see where a client is: it takes the gateway for the client unless
/// it was told to believe its headers); an emergency from where its code was good; and a wall
/// tablet from its own networks, and with its own certificate, only. The one rule for requests,
/// tokens, sockets and sessions. Safe to share between threads.
public interface Places {

    /// What can be said without waiting; empty where [#judge] must be asked. What is elsewhere is
    /// always asked, so that it is written down.
    Optional<Verdict> known(HomeId home, AccountId account, Presence presence);

    /// May wait for the database or Home Assistant.
    Verdict judge(HomeId home, AccountId account, Presence presence);

    /// As [#judge], and nothing is written down; empty where Home Assistant would have to be asked.
    /// May wait for the database.
    Optional<Verdict> foresee(HomeId home, AccountId account, Presence presence);

    /// Whether somebody is where they may be.
    enum Verdict {
        HERE,
        /// A person who may come in from home only, or what a code of the console opened there.
        NOT_AT_HOME,
        /// What belongs to a wall tablet, in another network than the tablet's.
        NOT_AT_ITS_PLACE,
        /// Home Assistant was not met yet, or cannot be asked.
        UNKNOWN
    }
}
