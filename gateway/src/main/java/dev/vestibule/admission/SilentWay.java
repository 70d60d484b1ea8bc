package dev.vestibule.admission;

import dev.vestibule.account.AccountId;
import dev.vestibule.account.Issuer;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// A way in that needs no page: what the request itself carries proves who it is. Asked whenever a
/// browser wants to be somewhere, before it is shown anything. Runs on a virtual thread and may
/// wait.
@FunctionalInterface
public interface SilentWay {

    /// @param insider who the browser is signed in as already; a way that has nothing to add says
    ///   so by empty
    /// @return whom to sign in now, in place of whoever was
    Optional<ProvenIdentity> identify(Visitor visitor, Optional<Insider> insider);

    /// Whether the same word by which somebody was signed in before now names somebody else: then
    /// another person sits there.
    ///
    /// @param account who was signed in
    /// @param issuer by whose word
    default boolean namesAnother(Visitor visitor, AccountId account, Issuer issuer) {
        return false;
    }

    /// Whether it signs a browser in that has just signed out. A person who left does not want to
    /// be signed in again by itself; what is nobody's comes back.
    default boolean comesBack() {
        return false;
    }
}
