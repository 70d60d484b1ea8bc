package dev.vestibule.login;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.Paths;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.OpenIdProviderMisconfigured;
import dev.vestibule.oidc.OpenIdProviderUnavailable;
import dev.vestibule.oidc.RpInitiatedLogout;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.util.Optional;

/// Ends the session at a provider too, where the provider has a place for that (OIDC RP-Initiated
/// Logout section 2). Our own session ends first and depends on nothing here. Safe to share between
/// threads; every method may wait for the provider.
final class ProviderSignOut {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSignOut.class);

    private final LoginHomes homes;
    private final Providers providers;

    ProviderSignOut(LoginHomes homes, Providers providers) {
        this.homes = homes;
        this.providers = providers;
    }

    /// A provider at which a browser of this home can sign out.
    ///
    /// @param origin where the browser is sent to
    record Offer(String providerId, String displayName, Origin origin) {}

    /// What became of the wish to leave for a provider.
    sealed interface Leaving {

        record For(URI location) implements Leaving {}

        /// It has no place where sessions end, or is none of ours.
        record NoSuchPlace() implements Leaving {}

        /// It cannot be asked now.
        record Away(String displayName) implements Leaving {}
    }

    /// Empty where the provider has no such place, or cannot say now.
    Optional<Offer> offer(HomeId home, String providerId) {
        return providers
                .find(providerId)
                .flatMap(
                        provider ->
                                leave(home, provider) instanceof Leaving.For(var location)
                                        ? Origin.of(location)
                                                .map(
                                                        origin ->
                                                                new Offer(
                                                                        provider.id(),
                                                                        provider.displayName(),
                                                                        origin))
                                        : Optional.empty());
    }

    Leaving leave(HomeId home, String providerId) {
        return providers
                .find(providerId)
                .map(provider -> leave(home, provider))
                .orElseGet(Leaving.NoSuchPlace::new);
    }

    private Leaving leave(HomeId home, OpenIdProvider provider) {
        URI returnTo = homes.get(home).canonical().resolve(Paths.SIGN_OUT);
        try {
            return provider.logout(returnTo)
                    .map(RpInitiatedLogout::location)
                    .<Leaving>map(Leaving.For::new)
                    .orElseGet(Leaving.NoSuchPlace::new);
        } catch (OpenIdProviderUnavailable | OpenIdProviderMisconfigured away) {
            LOG.warn(
                    "event=provider-sign-out-failed provider={} reason=\"{}\"",
                    provider.id(),
                    away.getMessage());
            return new Leaving.Away(provider.displayName());
        }
    }
}
