package dev.vestibule.doctor;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Wrong;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.OpenIdProviderMisconfigured;
import dev.vestibule.oidc.OpenIdProviderUnavailable;
import dev.vestibule.secret.Secrets;

import java.time.InstantSource;
import java.util.List;

/// Whether an identity provider answers, and is the one of the configuration.
final class ProviderCheck implements Check {

    private final InstantSource time;
    private final Secrets secrets;
    private final OpenIdProviderConfig config;

    ProviderCheck(InstantSource time, Secrets secrets, OpenIdProviderConfig config) {
        this.time = time;
        this.secrets = secrets;
        this.config = config;
    }

    @Override
    public List<Finding> look() {
        String where = "provider '" + config.id() + "'";
        try (OpenIdProvider provider = new OpenIdProvider(time, secrets, config)) {
            provider.probe();
            return List.of(new Fine(where, "answers as " + config.issuer()));
        } catch (OpenIdProviderUnavailable away) {
            return List.of(
                    new Wrong(
                            Cause.PROVIDER_UNREACHABLE, where, String.valueOf(away.getMessage())));
        } catch (OpenIdProviderMisconfigured other) {
            return List.of(
                    new Wrong(Cause.PROVIDER_MISMATCH, where, String.valueOf(other.getMessage())));
        }
    }
}
