package dev.vestibule.oidc;

/// What a sign-in asks of the person at the provider (OIDC Core section 3.1.2.1).
public enum Prompt {
    /// As the provider likes: whoever is signed in there passes without a question.
    AS_NEEDED,
    /// The person proves who they are now. How that is asked for, and what proves it, is in
    /// [dev.vestibule.config.FreshSignIn].
    FRESH_LOGIN,
    /// Nobody is asked anything (`prompt=none`): whoever is signed in there passes, and everybody
    /// else is sent back. Only for fetching a token that outlives the person's session there
    /// (`offline_access`), right after a sign-in.
    SILENT,
    /// The person chooses among the accounts that they are signed in with.
    SELECT_ACCOUNT
}
