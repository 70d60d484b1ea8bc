package dev.vestibule.oidc;

/// The provider is away, slow, broken or answers more than we read. It may pass by itself.
public final class OpenIdProviderUnavailable extends OpenIdProviderProblem {
    private static final long serialVersionUID = 1L;

    OpenIdProviderUnavailable(String message) {
        super(message);
    }
}
