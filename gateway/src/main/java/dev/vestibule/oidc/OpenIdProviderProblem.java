package dev.vestibule.oidc;

/// A provider cannot be used now. The message is a sentence for the operator, without secrets; the
/// person at the browser sees only that the provider cannot be reached.
public abstract sealed class OpenIdProviderProblem extends RuntimeException
        permits OpenIdProviderUnavailable, OpenIdProviderMisconfigured {
    private static final long serialVersionUID = 1L;

    OpenIdProviderProblem(String message) {
        super(message);
    }
}
