package dev.vestibule.oidc;

/// The provider is away, slow, broken or answers more than we read. It may pass by itself.
public final class OpenIdProviderUnavailable extends OpenIdProviderProblem {
    private static final long serialVersionUID = 1L;

    private final boolean mayHaveActed;

    /// @param mayHaveActed whether the provider may have done what it was asked for; false where
    ///   the question did not reach it, or it said that it had no time
    OpenIdProviderUnavailable(String message, boolean mayHaveActed) {
        super(message);
        this.mayHaveActed = mayHaveActed;
    }

    boolean mayHaveActed() {
        return mayHaveActed;
    }
}
