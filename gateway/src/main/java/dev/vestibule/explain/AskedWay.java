package dev.vestibule.explain;

import dev.vestibule.account.Account;
import dev.vestibule.config.HomeId;

import java.util.List;

/// A way in that is asked about somebody who is not at the door. The room that has the way answers,
/// by the rules that hold for whoever comes; what would follow from the proof is for those to say
/// who decide about it.
@FunctionalInterface
public interface AskedWay {

    /// May wait for the database, and for Home Assistant.
    ///
    /// @return empty where it is no way for such an account
    List<Means> meansOf(Account account, HomeId home);
}
