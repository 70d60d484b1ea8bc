package dev.vestibule.homeassistant;

/// Where a login flow stands after a step.
public sealed interface LoginFlowResult {

    /// It ended well.
    record Code(AuthorizationCode code) implements LoginFlowResult {}

    /// The user protected their login in Home Assistant: one more question must be answered.
    record MfaRequired(MfaStep step) implements LoginFlowResult {}

    /// The code was wrong; the same question again.
    record WrongMfaCode(MfaStep step) implements LoginFlowResult {}

    /// User name or password is wrong; which one, Home Assistant does not say.
    record InvalidCredentials() implements LoginFlowResult {}

    /// The password was right, and the sign-in is not allowed.
    record Refused(LoginRefusal reason) implements LoginFlowResult {}

    /// The flow is over without a result; a new one may be begun.
    record Aborted(LoginAbort reason) implements LoginFlowResult {}
}
