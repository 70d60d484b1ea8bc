package dev.vestibule.login;

import dev.vestibule.admission.AuthorizationCodeStore;
import dev.vestibule.admission.Redeemed;
import dev.vestibule.audit.EndReason;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Insiders;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// A code that is shown again (RFC 6749 sections 4.1.2 and 10.5): one of the two who showed it is a
/// thief, so what the first got ends. Safe to share between threads.
///
/// Home Assistant only refuses, and two that are no thieves show a code twice: its front end, which
/// finds the code in the address again when somebody goes back or loads the page anew, and a client
/// whose first answer was lost on the way. So the second showing only fails where it comes from the
/// browser that the code was made for, or within [#DOUBLE_POST] from the address of the first.
final class CodeReplay {

    static final Duration DOUBLE_POST = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(CodeReplay.class);
    private static final String BY = "the gateway";

    private final InstantSource time;
    private final AuthorizationCodeStore codes;
    private final Insiders insiders;
    private final SessionLifecycle lifecycle;

    CodeReplay(
            InstantSource time,
            AuthorizationCodeStore codes,
            Insiders insiders,
            SessionLifecycle lifecycle) {
        this.time = time;
        this.codes = codes;
        this.insiders = insiders;
        this.lifecycle = lifecycle;
    }

    /// Looks at a code that could not be taken out. Only who could have redeemed it, verifier
    /// included, can end what it became: a code that leaked alone cannot be used to annoy.
    void look(Visitor visitor, CodeRedemption.Proof proof) {
        Secret code = new Secret(proof.code());
        codes.findRedeemed(code, visitor.home(), proof.clientId())
                .filter(redeemed -> CodeRedemption.suits(proof, redeemed.client()))
                .filter(redeemed -> !isSameHand(visitor, redeemed))
                .ifPresent(_ -> end(visitor, code));
    }

    private boolean isSameHand(Visitor visitor, Redeemed redeemed) {
        boolean isSameBrowser =
                insiders.session(visitor)
                        .filter(session -> redeemed.session().equals(Optional.of(session.id())))
                        .isPresent();
        boolean isDoublePost =
                visitor.client() instanceof ClientAddress.Known
                        && visitor.address().equals(redeemed.address())
                        && time.instant().isBefore(redeemed.redeemedAt().plus(DOUBLE_POST));
        return isSameBrowser || isDoublePost;
    }

    private void end(Visitor visitor, Secret code) {
        LOG.warn(
                "event=code-shown-twice home={} from={} request={}",
                visitor.home(),
                visitor.address(),
                visitor.reference());
        codes.markReplayed(code)
                .ifPresent(
                        grant ->
                                lifecycle.endGrant(
                                        grant,
                                        new Cause(BY, EndReason.CODE_AGAIN, visitor.address())));
    }
}
