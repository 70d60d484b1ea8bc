package dev.vestibule.admission;

import dev.vestibule.account.Account;
import dev.vestibule.config.Role;
import dev.vestibule.session.LiveSession;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Insider;

/// A person who is let in at a home, and by what they are known while they arrive.
///
/// @param role what they may do there
/// @param proof what they proved themselves with. A session ends with it; whoever has none is let
///   in only while it stands.
public record Guest(Account account, Role role, Holder holder, Proof proof) {

    public static Guest of(Insider insider) {
        return of(insider.account(), insider.role(), insider.session());
    }

    static Guest of(Account account, Role role, LiveSession session) {
        return new Guest(
                account, role, new Holder.OfSession(session), new Proof(session.way(), ""));
    }

    /// Whom a question is put to and a code is made for: nobody else may answer or is given it.
    public sealed interface Holder {

        /// A signed-in browser.
        record OfSession(LiveSession session) implements Holder {}

        /// A browser, or the web view of an app, that is not signed in and will not be.
        record OfBrowser(Browser browser) implements Holder {}

        /// How it is written in the store.
        default String stored() {
            return switch (this) {
                case OfSession(var session) -> "session:" + session.id().value();
                case OfBrowser(var browser) -> "browser:" + browser.hash().hex();
            };
        }
    }
}
