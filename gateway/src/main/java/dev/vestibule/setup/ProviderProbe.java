package dev.vestibule.setup;

import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.OpenIdProviderProblem;
import dev.vestibule.secret.Secrets;

import java.time.InstantSource;

/// Asks a provider for its discovery document and its keys, so that a wrong issuer shows before
/// anything is written.
public final class ProviderProbe {

    private final InstantSource time;
    private final Secrets secrets;

    public ProviderProbe(InstantSource time, Secrets secrets) {
        this.time = time;
        this.secrets = secrets;
    }

    /// Waits for the provider.
    public Judged<ProviderChoice> judge(ProviderChoice choice) {
        try (var provider = new OpenIdProvider(time, secrets, choice.withoutClient())) {
            provider.probe();
            return Judged.fits(choice);
        } catch (OpenIdProviderProblem problem) {
            return Judged.unfit(Flaw.PROVIDER_UNFIT, String.valueOf(problem.getMessage()));
        }
    }
}
