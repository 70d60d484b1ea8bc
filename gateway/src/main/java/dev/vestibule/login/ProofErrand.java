package dev.vestibule.login;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.http.Response;
import dev.vestibule.liveness.LivenessProofs;
import dev.vestibule.login.PendingSignInStore.Binding;
import dev.vestibule.oidc.AuthorizationStart;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.OpenIdProviderProblem;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.oidc.SignInResult;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.Supplier;

/// Fetches a token that outlives a person's session at the provider: right after a sign-in the
/// browser goes there once more, nobody is asked anything, and it goes on to where it wanted to be,
/// whatever came of that. Safe to share between threads.
///
/// Whoever signs an app in is sent too, before they see its code: many use nothing else.
///
/// It is no part of the sign-in itself for two reasons. A provider that does not allow our client,
/// or this person, `offline_access` would refuse the sign-in. And Keycloak, asked for it in a
/// browser's first sign-in, keeps no session for that browser: single sign-on is lost, and no
/// back-channel logout is ever sent.
final class ProofErrand {

    private static final Logger LOG = LoggerFactory.getLogger(ProofErrand.class);

    private final Secrets secrets;
    private final LoginHomes homes;
    private final PendingSignInStore pending;
    private final Database database;
    private final AccountStore accounts;
    private final LivenessProofs proofs;

    ProofErrand(
            Secrets secrets,
            LoginHomes homes,
            PendingSignInStore pending,
            Database database,
            AccountStore accounts,
            LivenessProofs proofs) {
        this.secrets = secrets;
        this.homes = homes;
        this.pending = pending;
        this.database = database;
        this.accounts = accounts;
        this.proofs = proofs;
    }

    /// @return sends the browser there; empty where it goes on at once
    Optional<Response> begin(OpenIdProvider provider, Visitor visitor, Onward onward) {
        try {
            return provider.wantsOfflineAccess()
                    ? leave(provider, visitor, Browser.findOrNew(visitor, secrets), onward)
                    : Optional.empty();
        } catch (OpenIdProviderProblem away) {
            note(provider, String.valueOf(away.getMessage()));
            return Optional.empty();
        }
    }

    /// Attack: the answer to a silent question opened in another browser, to see the code that is
    /// shown afterwards. So it is bound to the browser even where that was never here.
    private Optional<Response> leave(
            OpenIdProvider provider, Visitor visitor, Browser browser, Onward onward) {
        AuthorizationStart start =
                provider.begin(
                        FrontDesk.callback(homes.get(visitor.home()), provider), Prompt.SILENT);
        Binding binding = Binding.of(visitor.home(), provider.id(), browser);
        return pending.insert(binding, start.pending(), onward)
                ? Optional.of(
                        Response.redirect(start.location())
                                .with(browser.cookie(visitor.isSecure())))
                : Optional.empty();
    }

    /// The browser is back. A proof counts only for the person who was sent.
    ///
    /// @param account of whom the browser is signed in as, or who is to see the code for an app
    /// @param answer asks the provider what it was sent back with
    void finish(OpenIdProvider provider, AccountId account, Supplier<SignInResult> answer) {
        try {
            switch (answer.get()) {
                case SignInResult.Verified(var identity) -> keep(identity, account);
                case SignInResult.RefusedByProvider(var code) -> note(provider, code);
                case SignInResult.Rejected(var reason, _) -> note(provider, reason.name());
            }
        } catch (OpenIdProviderProblem away) {
            note(provider, String.valueOf(away.getMessage()));
        }
    }

    private void keep(VerifiedIdentity identity, AccountId account) {
        database.change(
                tx -> {
                    boolean isTheSame =
                            accounts.find(tx, identity.subject())
                                    .filter(Account::isActive)
                                    .filter(found -> found.id().equals(account))
                                    .isPresent();
                    if (isTheSame) {
                        proofs.keep(tx, identity.subject(), account, identity.livenessProof());
                    }
                });
    }

    /// Who is to see the code for an app, unless their access ended meanwhile.
    Optional<Account> find(Onward.ToCode code) {
        return accounts.find(code.account()).filter(code::isFor);
    }

    private static void note(OpenIdProvider provider, String reason) {
        LOG.warn(
                "event=no-offline-access provider={} reason=\"{}\" advice=\"allow the scope"
                        + " offline_access there, or write 'offline-access: false' under"
                        + " 'liveness'\"",
                provider.id(),
                reason);
    }
}
