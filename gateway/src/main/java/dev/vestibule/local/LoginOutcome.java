package dev.vestibule.local;

import dev.vestibule.admission.HomeRefusal;
import dev.vestibule.admission.Inner;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.MfaStep;

/// What came of proving a login to Home Assistant.
sealed interface LoginOutcome {

    /// It is this user's.
    ///
    /// @param login what Home Assistant gave; whoever takes it uses it or has it ended
    record Proven(HomeAssistantUser user, Inner.Redeemed login) implements LoginOutcome {}

    /// One more question must be answered first.
    ///
    /// @param isAgain whether the last answer was wrong
    record SecondFactor(MfaStep step, boolean isAgain) implements LoginOutcome {}

    /// Name or password is wrong; which one is not known.
    record Wrong() implements LoginOutcome {}

    record Refused(HomeRefusal reason) implements LoginOutcome {}
}
