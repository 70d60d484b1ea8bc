package dev.vestibule.firstrun;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.setup.Judged;
import dev.vestibule.setup.ProviderChoice;
import dev.vestibule.setup.SetupAddresses;
import dev.vestibule.setup.SetupPlan;
import dev.vestibule.setup.SetupPreset;
import dev.vestibule.setup.SetupProblem;
import dev.vestibule.setup.TrialSignIn;

import java.util.Optional;

/// What was answered and found good, in memory only. An answer that changes undoes those that were
/// judged by it. Used under the wizard's lock.
final class Answers implements AutoCloseable {

    private Optional<Origin> homeAssistant = Optional.empty();
    private Optional<Origin> publicUrl = Optional.empty();
    private Optional<SetupPreset> preset = Optional.empty();
    private Optional<ProviderChoice> choice = Optional.empty();
    private String clientId = "";
    private Optional<OpenIdProviderConfig> provider = Optional.empty();
    private Optional<TrialSignIn> trial = Optional.empty();
    private Trial outcome = new Trial.NotTried();
    private Optional<RolesConfig> roles = Optional.empty();

    /// What came of signing in at the provider.
    sealed interface Trial {
        record NotTried() implements Trial {}

        record Failed(SetupProblem problem) implements Trial {}

        record Seen(VerifiedIdentity person) implements Trial {}

        /// The operator goes on without.
        record LeftOut() implements Trial {}
    }

    final Typed.Memory typed = new Typed.Memory();

    Optional<Origin> homeAssistant() {
        return homeAssistant;
    }

    void homeAssistant(Origin origin) {
        homeAssistant = Optional.of(origin);
        // The one is judged by the other: they must differ.
        publicUrl =
                publicUrl.filter(
                        address ->
                                SetupAddresses.publicUrl(address.toString(), origin)
                                        .equals(Judged.fits(address)));
    }

    Optional<Origin> publicUrl() {
        return publicUrl;
    }

    void publicUrl(Origin origin) {
        if (!publicUrl.equals(Optional.of(origin))) {
            publicUrl = Optional.of(origin);
            forgetChoice();
        }
    }

    Optional<SetupPreset> preset() {
        return preset;
    }

    void preset(SetupPreset product) {
        if (!preset.equals(Optional.of(product))) {
            preset = Optional.of(product);
            forgetChoice();
        }
    }

    Optional<ProviderChoice> choice() {
        return choice;
    }

    /// @param usualClientId what the client is called there, where that is known beforehand
    void choice(ProviderChoice probed, String usualClientId) {
        if (!choice.equals(Optional.of(probed))) {
            forgetChoice();
            choice = Optional.of(probed);
            clientId = usualClientId;
        }
    }

    String usualClientId() {
        return clientId;
    }

    private void forgetChoice() {
        choice = Optional.empty();
        provider = Optional.empty();
        forgetTrial();
    }

    Optional<OpenIdProviderConfig> provider() {
        return provider;
    }

    /// @param begin the trial that goes with it
    void provider(OpenIdProviderConfig known, TrialSignIn begin) {
        provider = Optional.of(known);
        forgetTrial();
        trial = Optional.of(begin);
    }

    private void forgetTrial() {
        trial.ifPresent(TrialSignIn::close);
        trial = Optional.empty();
        outcome = new Trial.NotTried();
    }

    Optional<TrialSignIn> trial() {
        return trial;
    }

    Trial outcome() {
        return outcome;
    }

    void outcome(Trial came) {
        outcome = came;
    }

    /// Who signed in to try.
    Optional<VerifiedIdentity> person() {
        return outcome instanceof Trial.Seen(var person) ? Optional.of(person) : Optional.empty();
    }

    Optional<RolesConfig> roles() {
        return roles;
    }

    void roles(RolesConfig judged) {
        roles = Optional.of(judged);
    }

    /// All of it.
    SetupPlan plan() {
        return new SetupPlan(
                homeAssistant.orElseThrow(),
                publicUrl.orElseThrow(),
                provider.orElseThrow(),
                roles.orElseThrow());
    }

    @Override
    public void close() {
        forgetTrial();
    }
}
