package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.http.Response;
import dev.vestibule.visit.Visitor;

/// Takes people who proved who they are in this browser for the sake of an app on another screen.
/// Nobody is signed in here by it.
@FunctionalInterface
public interface HandOffs {

    /// Shows what the person has to type into the app.
    ///
    /// @param link names the hand-off
    /// @param account who they are, and may come in as things stand
    /// @param proof what they proved it with, a moment ago
    Response confirm(String link, Account account, Proof proof, Visitor visitor);
}
