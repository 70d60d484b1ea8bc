package dev.vestibule.handoff;

import dev.vestibule.account.Account;
import dev.vestibule.admission.HandOffs;
import dev.vestibule.admission.Proof;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.WayIn;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import java.time.InstantSource;
import java.util.Optional;

/// Gives a code to whoever proved who they are for an app. Safe to share between threads.
public final class HandOffCodes implements HandOffs {

    private final InstantSource time;
    private final Database database;
    private final HandOffStore store;
    private final AuditLog audit;

    public HandOffCodes(
            InstantSource time,
            Secrets secrets,
            Database database,
            AuditLog audit,
            LimitsConfig limits) {
        this.time = time;
        this.database = database;
        this.store = new HandOffStore(time, secrets, database, limits.signIns());
        this.audit = audit;
    }

    HandOffStore store() {
        return store;
    }

    @Override
    public Response confirm(String link, Account account, Proof proof, Visitor visitor) {
        return ShortCode.read(link)
                .flatMap(read -> store.find(read, visitor.home()))
                .map(handOff -> confirm(handOff, account, proof, visitor))
                .orElseGet(() -> HandOffPages.over(visitor.reference()));
    }

    private Response confirm(HandOff handOff, Account account, Proof proof, Visitor visitor) {
        Confirmation confirmation =
                database.inTransaction(
                        tx -> {
                            Confirmation made =
                                    store.confirm(tx, handOff, visitor.home(), account, proof);
                            note(handOff, account, visitor, made)
                                    .ifPresent(event -> audit.append(tx, event, visitor.address()));
                            return made;
                        });
        return switch (confirmation) {
            case Confirmation.Made(var code) ->
                    isAppsPage(handOff, visitor)
                            ? HandOffPages.consent(handOff, code, account)
                            : HandOffPages.code(handOff, code, account, time.instant());
            case Confirmation.Taken() -> HandOffPages.taken(visitor.reference());
            case Confirmation.Over() -> HandOffPages.over(visitor.reference());
        };
    }

    private static Optional<AuditEvent> note(
            HandOff handOff, Account account, Visitor visitor, Confirmation confirmation) {
        return switch (confirmation) {
            case Confirmation.Made _ ->
                    Optional.of(
                            new AuditEvent.HandOffConfirmed(
                                    account.id().value(),
                                    visitor.home().value(),
                                    handOff.app().clientId(),
                                    handOff.device()));
            case Confirmation.Taken() ->
                    Optional.of(
                            new AuditEvent.SignInRefused(
                                    visitor.home().value(),
                                    WayIn.HAND_OFF.code(),
                                    account.username(),
                                    RefusalReason.HAND_OFF_TAKEN.code(),
                                    visitor.reference()));
            case Confirmation.Over() -> Optional.empty();
        };
    }

    /// The web view stayed with the provider and came back: what would be typed is there already,
    /// and one click remains.
    private boolean isAppsPage(HandOff handOff, Visitor visitor) {
        return Browser.find(visitor)
                .flatMap(browser -> store.find(handOff.link(), visitor.home(), browser))
                .isPresent();
    }
}
