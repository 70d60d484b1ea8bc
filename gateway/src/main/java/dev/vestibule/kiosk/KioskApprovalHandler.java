package dev.vestibule.kiosk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.vestibule.account.AccountId;
import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Paths;
import dev.vestibule.admission.RecentProof;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.Role;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.kiosk.KioskPending.Waiting;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// `/auth/vestibule/kiosk/approve`: an administrator who has just proved who they are types the
/// code that a tablet shows, sees what it is about, and approves it.
///
/// Attack: a stranger's tablet, and "please type this code" on the telephone. The page says which
/// tablet, from where, what device and since when; and a tablet must be in its own network to show
/// a code at all.
final class KioskApprovalHandler implements Handler {

    static final int TRIES_MAX = 5;

    private final InstantSource time;
    private final Database database;
    private final Insiders insiders;
    private final KioskPending pending;
    private final TabletKeyStore keys;
    private final AuditLog audit;

    /// Wrong codes of an administrator, who may begin anew after a while.
    private final Cache<AccountId, AtomicInteger> wrong =
            Caffeine.newBuilder()
                    .maximumSize(1_000)
                    .expireAfterWrite(KioskPending.LIFETIME)
                    .build();

    KioskApprovalHandler(
            InstantSource time,
            Database database,
            Insiders insiders,
            KioskPending pending,
            TabletKeyStore keys,
            AuditLog audit) {
        this.time = time;
        this.database = database;
        this.insiders = insiders;
        this.pending = pending;
        this.keys = keys;
        this.audit = audit;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        Optional<Insider> found = insiders.find(visitor);
        if (found.isEmpty()) {
            return Response.redirect(visitor.origin().resolve(Paths.signIn(KioskPaths.APPROVE)));
        }
        Insider insider = found.get();
        if (insider.role() != Role.ADMIN) {
            return KioskPages.problem(403, "not-admin", visitor.reference());
        }
        // Attack: a key that is approved in an emergency opens the house when that is long over.
        if (!insider.session().way().isAPersonsOwn()) {
            return KioskPages.problem(403, "not-for-you", visitor.reference());
        }
        if (!insiders.isHere(visitor, insider)) {
            return KioskPages.problem(403, "not-at-home", visitor.reference());
        }
        if (!RecentProof.isIn(insider.session(), time.instant())) {
            return RecentProof.isInFront(insider.session())
                    ? RecentProof.page(insider.session(), KioskPaths.APPROVE, visitor.reference())
                    : Response.redirect(
                            visitor.origin().resolve(Paths.freshSignIn(KioskPaths.APPROVE)));
        }
        if (!request.method().equals("POST")) {
            return KioskPages.ask(false);
        }
        return OriginCheck.isOwn(visitor)
                ? take(visitor, insider, request.form())
                : AdmissionPages.forbidden(visitor.reference());
    }

    private Response take(Visitor visitor, Insider insider, Parameters form) {
        AtomicInteger tries = wrong.get(insider.account().id(), _ -> new AtomicInteger());
        if (tries.get() >= TRIES_MAX) {
            return AdmissionPages.tooMany(visitor.reference());
        }
        Optional<ShortCode> code = ShortCode.read(form.single("code").orElse(""));
        Optional<Response> answer =
                form.single("confirmed").isPresent()
                        ? code.flatMap(typed -> approve(visitor, insider, typed))
                        : code.flatMap(
                                typed ->
                                        pending.find(visitor.home(), typed)
                                                .map(
                                                        waiting ->
                                                                KioskPages.confirm(
                                                                        waiting, typed)));
        if (answer.isEmpty()) {
            tries.incrementAndGet();
        }
        return answer.orElseGet(() -> KioskPages.ask(true));
    }

    private Optional<Response> approve(Visitor visitor, Insider insider, ShortCode code) {
        return database.inTransaction(
                        tx -> {
                            Optional<Waiting> waiting = pending.consume(tx, visitor.home(), code);
                            waiting.ifPresent(
                                    key -> {
                                        keys.add(tx, key, insider.account());
                                        audit.append(
                                                tx,
                                                new AuditEvent.KioskKeyApproved(
                                                        key.home().value(),
                                                        key.kiosk(),
                                                        key.address(),
                                                        insider.account().id().value()),
                                                visitor.address());
                                    });
                            return waiting;
                        })
                .map(key -> KioskPages.approved(key.kiosk()));
    }
}
