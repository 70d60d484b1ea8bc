package dev.vestibule.oidc;

/// What became of the last question to a provider.
public enum ProviderHealth {
    /// It was not asked yet.
    UNKNOWN,
    ANSWERING,
    /// It could not be reached, or gave no answer that can be used: whoever stands before it said
    /// 404, the document is none or another provider's, or it does not accept us as its client.
    AWAY
}
