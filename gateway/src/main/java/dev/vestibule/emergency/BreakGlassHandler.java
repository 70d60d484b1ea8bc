package dev.vestibule.emergency;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.RefusalLog;
import dev.vestibule.admission.Welcome;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.WayIn;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.emergency.BreakGlassStore.TryResult;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.Reach;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/auth/vestibule/break-glass`: takes the code of the console.
///
/// The form is the same for everybody, wherever they are and whether a code waits or not (attack: a
/// stranger learns that the house is in trouble, and that this is the hour). Only whoever has the
/// code hears that it does not work from where they are.
///
/// The session is opened at whichever address of the home the browser is at: the canonical one may
/// be what is broken.
final class BreakGlassHandler implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(BreakGlassHandler.class);

    private final EmergencyAdministrators administrators;
    private final NetworkConfig network;
    private final BreakGlassStore codes;
    private final AddressLimiter limiter;
    private final RefusalLog refusals;
    private final Welcome welcome;

    BreakGlassHandler(
            NetworkConfig network,
            BreakGlassStore codes,
            AddressLimiter limiter,
            EmergencyAdministrators administrators,
            Admissions admissions) {
        this.administrators = administrators;
        this.network = network;
        this.codes = codes;
        this.limiter = limiter;
        this.refusals = admissions.refusals();
        this.welcome = admissions.welcome();
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!request.method().equals("POST")) {
            return BreakGlassPages.form();
        }
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        return BreakGlassCode.read(request.form().single("code").orElse(""))
                .map(typed -> attempt(visitor, typed))
                .orElseGet(() -> wrong(visitor));
    }

    private boolean isNear(Visitor visitor) {
        return network.isLan(visitor.client()) || administrators.config(visitor.home()).anywhere();
    }

    private Response attempt(Visitor visitor, TokenHash typed) {
        return switch (codes.attempt(visitor.home(), typed, isNear(visitor), visitor.address())) {
            case TryResult.Right(var reach) -> admit(visitor, reach);
            case TryResult.NotFromThere() -> {
                refusals.note(
                        visitor,
                        WayIn.BREAK_GLASS,
                        EmergencyAdministrators.USERNAME,
                        RefusalReason.BREAK_GLASS_NOT_FROM_THERE);
                yield BreakGlassPages.notFromHere(visitor.reference());
            }
            case TryResult.Wrong() -> {
                refusals.noteFailed(
                        visitor,
                        WayIn.BREAK_GLASS,
                        EmergencyAdministrators.USERNAME,
                        RefusalReason.BREAK_GLASS_WRONG_CODE);
                yield wrong(visitor);
            }
        };
    }

    /// Only what is wrong is counted (attack: somebody behind the same proxy uses up the share of
    /// the address, and the right code is not taken any more).
    private Response wrong(Visitor visitor) {
        return limiter.tryTake(visitor.client())
                ? BreakGlassPages.wrong()
                : AdmissionPages.tooMany(visitor.reference());
    }

    private Response admit(Visitor visitor, Reach reach) {
        LOG.error(
                "event=break-glass-used home={} from={} request={}",
                visitor.home(),
                visitor.address(),
                visitor.reference());
        return welcome.admit(
                administrators.at(visitor.home(), reach), visitor, new Destination.Page("/"));
    }
}
