package dev.vestibule.emergency;

import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.Profile;
import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.Destination;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.admission.ProvenIdentity;
import dev.vestibule.admission.Welcome;
import dev.vestibule.config.BreakGlassConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.Role;
import dev.vestibule.emergency.BreakGlassStore.TryResult;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/// `/auth/vestibule/break-glass`: takes the code of the console.
///
/// The session is opened at whichever address of the home the browser is at: the canonical one may
/// be what is broken.
final class BreakGlassHandler implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(BreakGlassHandler.class);
    private static final String USERNAME = "break-glass";

    private final LoginHomes homes;
    private final NetworkConfig network;
    private final BreakGlassStore codes;
    private final AddressLimiter limiter;
    private final Welcome welcome;

    BreakGlassHandler(
            LoginHomes homes,
            NetworkConfig network,
            BreakGlassStore codes,
            AddressLimiter limiter,
            Welcome welcome) {
        this.homes = homes;
        this.network = network;
        this.codes = codes;
        this.limiter = limiter;
        this.welcome = welcome;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        if (!isNearEnough(visitor)) {
            return BreakGlassPages.notFromHere(visitor.reference());
        }
        if (!request.method().equals("POST")) {
            return BreakGlassPages.form();
        }
        if (!OriginCheck.isOwn(visitor)) {
            return AdmissionPages.forbidden(visitor.reference());
        }
        return limiter.tryTake(visitor.client())
                ? attempt(visitor, BreakGlassCode.read(request.form().single("code").orElse("")))
                : AdmissionPages.tooMany(visitor.reference());
    }

    private boolean isNearEnough(Visitor visitor) {
        return network.isLan(visitor.client())
                || config(visitor.home()).anywhere()
                || codes.isOpenAnywhere(visitor.home());
    }

    private BreakGlassConfig config(HomeId home) {
        return homes.get(home).config().signIn().breakGlass();
    }

    /// What cannot be a code costs no try: people mistype.
    private Response attempt(Visitor visitor, Optional<TokenHash> typed) {
        if (typed.isEmpty()) {
            return BreakGlassPages.wrong();
        }
        TryResult result = codes.attempt(visitor.home(), typed.get(), visitor.address());
        return switch (result) {
            case RIGHT -> admit(visitor);
            case WRONG_AND_OVER -> {
                LOG.error(
                        "event=break-glass-code-ended home={} from={} reference={}"
                                + " reason=\"too many wrong codes\"",
                        visitor.home(),
                        visitor.address(),
                        visitor.reference());
                yield BreakGlassPages.wrong();
            }
            case WRONG, NONE -> BreakGlassPages.wrong();
        };
    }

    private Response admit(Visitor visitor) {
        LOG.error(
                "event=break-glass-used home={} from={} reference={}",
                visitor.home(),
                visitor.address(),
                visitor.reference());
        return welcome.admit(administrator(visitor.home()), visitor, new Destination.Page("/"));
    }

    private ProvenIdentity.Appointed administrator(HomeId home) {
        BreakGlassConfig config = config(home);
        return new ProvenIdentity.Appointed(
                BreakGlass.administratorOf(home),
                new Profile(USERNAME, config.name()),
                AccountOrigin.BREAK_GLASS,
                Role.ADMIN,
                SignInWay.BREAK_GLASS,
                config.lifetime());
    }
}
