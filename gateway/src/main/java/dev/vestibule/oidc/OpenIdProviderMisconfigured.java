package dev.vestibule.oidc;

/// The provider and our configuration do not fit together. It stays until somebody changes one of
/// them; the message says what.
public final class OpenIdProviderMisconfigured extends OpenIdProviderProblem {
    private static final long serialVersionUID = 1L;

    OpenIdProviderMisconfigured(String message) {
        super(message);
    }
}
