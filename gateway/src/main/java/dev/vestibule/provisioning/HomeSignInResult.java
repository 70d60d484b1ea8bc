package dev.vestibule.provisioning;

import dev.vestibule.homeassistant.LoginFlowResult;

/// How far a person came at a home.
public sealed interface HomeSignInResult {

    /// Home Assistant answered. [LoginFlowResult.InvalidCredentials] is never among the results.
    ///
    /// @param userId of the Home Assistant user, to hold against whose token is made in the end
    record Answered(String userId, LoginFlowResult result) implements HomeSignInResult {}

    /// The existing user that an administrator attached is no more in Home Assistant.
    record AttachedUserGone() implements HomeSignInResult {}
}
