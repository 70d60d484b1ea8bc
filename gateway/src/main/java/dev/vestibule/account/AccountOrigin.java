package dev.vestibule.account;

/// How an account came to be.
public enum AccountOrigin {
    /// First sign-in at an identity provider.
    OIDC,
    /// A person of Home Assistant whose token was in use before the gateway came.
    ADOPTED,
    /// Created by an identity system over SCIM.
    SCIM
}
