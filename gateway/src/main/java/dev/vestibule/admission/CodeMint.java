package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.admission.Guest.Holder;
import dev.vestibule.config.HomeId;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// Makes the code that a client gets, for whoever may come in at that very moment. Safe to share
/// between threads.
///
/// Home Assistant is asked before, and may ask for a second factor, so that minutes lie between the
/// proof and this (attack: whoever has a lost phone proves its passkey for an app of theirs, lets
/// the question for a second factor wait until the owner has removed the passkey, and answers it
/// then).
final class CodeMint {

    private final Database database;
    private final AuthorizationCodeStore codes;
    private final AccountStore accounts;
    private final StandingProofs standing;
    private final RefusedPeople refused;

    CodeMint(
            Database database,
            AuthorizationCodeStore codes,
            AccountStore accounts,
            StandingProofs standing,
            RefusedPeople refused) {
        this.database = database;
        this.codes = codes;
        this.accounts = accounts;
        this.standing = standing;
        this.refused = refused;
    }

    /// @return empty where what the person proved themselves with is not there any more; what Home
    ///   Assistant gave is unused then
    Optional<Secret> mint(Visitor visitor, Claimant claimant, ClientRequest client, Inner inner) {
        return database.inTransaction(
                tx -> {
                    if (mayComeIn(tx, claimant, visitor)) {
                        return Optional.of(codes.mint(tx, visitor.home(), claimant, client, inner));
                    }
                    refused.noteWithoutProof(
                            tx,
                            accounts.find(tx, claimant.account()).map(Account::username).orElse(""),
                            new Attempt(
                                    claimant.proof().way(),
                                    visitor.home(),
                                    visitor.address(),
                                    visitor.reference()));
                    return Optional.empty();
                });
    }

    /// A session was ended with its proof, where that ends it.
    private boolean mayComeIn(Handle tx, Claimant claimant, Visitor visitor) {
        return switch (claimant.holder()) {
            case Holder.OfSession _ -> true;
            case Holder.OfBrowser _ -> standing.stands(tx, claimant.proof(), visitor);
        };
    }

    /// Ends what Home Assistant gave at a login that came to nothing.
    void giveUp(HomeId home, Inner.Redeemed login) {
        codes.discard(home, login.tokens());
    }
}
