package dev.vestibule.config;

/// How a provider is asked to have a person prove anew who they are, and what proves that they did.
/// Where an ID token says when the person signed in (`auth_time`), that counts whatever is chosen.
public enum FreshSignIn {
    /// `prompt=login` and `max_age=0`; `auth_time` says that it happened after we asked. For every
    /// provider that does as OpenID Connect says.
    AUTH_TIME,
    /// The same request; where `auth_time` is missing, the answer to it is the proof. For providers
    /// that ask for the password anew and do not say when that was.
    PROMPT_LOGIN,
    /// `prompt=select_account`, and the answer to it is the proof: the person chose their account,
    /// perhaps without a password. For Google, which knows no `prompt=login`.
    SELECT_ACCOUNT
}
