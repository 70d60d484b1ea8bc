package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.config.Role;
import dev.vestibule.revocation.Ended;

/// Whether somebody who proved who they are may come in, and what that ended.
sealed interface Judgement {

    Ended ended();

    record Welcome(Account account, Role role, Ended ended) implements Judgement {}

    record Refused(Admission answer, Ended ended) implements Judgement {}

    /// Nobody is let in, and nothing ends by it.
    static Judgement refused(Admission answer) {
        return new Refused(answer, Ended.NONE);
    }
}
