package dev.vestibule.login;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.admission.Admissions;
import dev.vestibule.admission.AuthorizationCodeStore;
import dev.vestibule.admission.AuthorizationCodeStore.Kept;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.admission.Inner;
import dev.vestibule.admission.LoginHomes;
import dev.vestibule.audit.EndReason;
import dev.vestibule.grant.FreshAccessToken;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.GrantService.ForClient;
import dev.vestibule.grant.IssuedGrant;
import dev.vestibule.grant.UpstreamTokens;
import dev.vestibule.homeassistant.AccessTokenClaims;
import dev.vestibule.homeassistant.AuthorizationCode;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.RedeemResult;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionService;
import dev.vestibule.store.DatabaseUnavailable;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/// Turns an authorization code into a grant, once (RFC 6749 section 4.1.3). Safe to share between
/// threads.
///
/// Home Assistant's tokens are recorded before anything is released, and whether the person may
/// still come in is looked at after that: an end of access that comes in between finds the grant,
/// or is found by the second look.
final class CodeRedemption {

    private static final Logger LOG = LoggerFactory.getLogger(CodeRedemption.class);

    private final InstantSource time;
    private final LoginHomes homes;
    private final AuthorizationCodeStore codes;
    private final AccountStore accounts;
    private final Whereabouts whereabouts;
    private final SessionService sessions;
    private final GrantService grants;
    private final SessionLifecycle lifecycle;
    private final CodeReplay replay;

    CodeRedemption(InstantSource time, Admissions admissions, Login.People people) {
        this.time = time;
        this.homes = admissions.homes();
        this.codes = admissions.codes();
        this.accounts = people.accounts();
        this.whereabouts = new Whereabouts(people.places());
        this.sessions = people.sessions();
        this.grants = people.grants();
        this.lifecycle = people.sessionLifecycle();
        this.replay = new CodeReplay(time, codes, admissions.insiders(), lifecycle);
    }

    /// What the client showed. Empty text where a parameter was not sent.
    record Proof(String code, String clientId, String redirectUri, String codeVerifier) {}

    /// @throws HomeAssistantUnavailable where Home Assistant cannot be asked. A code that has not
    ///   reached it is good for another try
    TokenResult redeem(Visitor visitor, Proof proof) {
        Optional<Kept> found =
                codes.consume(
                        new Secret(proof.code()),
                        visitor.home(),
                        proof.clientId(),
                        visitor.address());
        if (found.isEmpty()) {
            replay.look(visitor, proof);
            return TokenResult.INVALID_CODE;
        }
        Kept kept = found.get();
        Optional<Account> account =
                accounts.find(kept.account())
                        .filter(Account::isActive)
                        .filter(person -> person.epoch() == kept.accountEpoch());
        if (account.isEmpty() || !suits(proof, kept.client())) {
            codes.discard(kept);
            return TokenResult.INVALID_CODE;
        }
        Optional<TokenResult> elsewhere = whereabouts.elsewhere(visitor, account.get().id());
        if (elsewhere.isPresent()) {
            giveUp(kept, elsewhere.get());
            return elsewhere.get();
        }
        return switch (askHome(visitor, kept)) {
            case RedeemResult.Refused(int status, String error) when status == 403 ->
                    new TokenResult.Refused(403, error, "");
            case RedeemResult.Refused _ -> TokenResult.INVALID_CODE;
            case RedeemResult.Tokens tokens -> issue(visitor, kept, account.get(), tokens);
        };
    }

    /// What was shown elsewhere is used up, and its tokens end (attack: a code that was copied);
    /// where nobody can say yet who may be where, it is good for another try.
    private void giveUp(Kept kept, TokenResult answer) {
        if (answer instanceof TokenResult.TryLater) {
            codes.putBack(kept);
        } else {
            codes.discard(kept);
        }
    }

    private RedeemResult askHome(Visitor visitor, Kept kept) {
        return switch (kept.inner()) {
            case Inner.Unredeemed(var code, _) -> askHome(visitor, kept, code);
            case Inner.Redeemed(var tokens, _) -> tokens.asAnswer(time.instant());
        };
    }

    private RedeemResult askHome(Visitor visitor, Kept kept, AuthorizationCode code) {
        HomeAssistant home = homes.get(visitor.home()).homeAssistant();
        try {
            return home.tokens()
                    .redeem(code, kept.client().clientId(), visitor.client().accountable());
        } catch (HomeAssistantUnavailable away) {
            if (away.neverReached()) {
                codes.putBack(kept);
            }
            throw away;
        }
    }

    /// RFC 6749 section 4.1.3 and RFC 7636 section 4.6. A verifier without a challenge is ignored,
    /// as Home Assistant does.
    static boolean suits(Proof proof, ClientRequest client) {
        boolean isSameRedirect =
                proof.redirectUri().isEmpty() || proof.redirectUri().equals(client.redirectUri());
        return isSameRedirect
                && (client.codeChallenge().isEmpty()
                        || isVerifierOf(client.codeChallenge(), proof.codeVerifier()));
    }

    private static boolean isVerifierOf(String challenge, String verifier) {
        byte[] hash = TokenHash.sha256(verifier.getBytes(StandardCharsets.US_ASCII));
        String computed = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        return MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.US_ASCII),
                challenge.getBytes(StandardCharsets.US_ASCII));
    }

    private TokenResult issue(
            Visitor visitor, Kept kept, Account account, RedeemResult.Tokens tokens) {
        ForClient client =
                new ForClient(
                        visitor.home(),
                        account,
                        kept.session(),
                        kept.client().clientId(),
                        nameOf(kept.client()),
                        kept.from(),
                        visitor.address());
        Optional<IssuedGrant> issued = record(client, tokens, visitor);
        if (issued.isEmpty()) {
            return TokenResult.INVALID_CODE;
        }
        if (!codes.became(kept, issued.get().grant().id())) {
            end(issued.get(), EndReason.CODE_TWICE, visitor);
            return TokenResult.INVALID_CODE;
        }
        try {
            if (isSessionLive(kept)
                    && isUserNow(kept, visitor)
                    && isOf(kept, visitor, tokens)
                    && isReadmitted(kept, visitor, tokens)
                    && issued.get().grant().isLive()) {
                return new TokenResult.Issued(
                        new FreshAccessToken(
                                tokens.accessToken(), tokens.expiresIn(), tokens.extra()),
                        issued.get().refreshToken());
            }
        } catch (HomeAssistantUnavailable | DatabaseUnavailable unavailable) {
            boolean hadEnded = !issued.get().grant().isLive();
            end(issued.get(), EndReason.UNVERIFIED, visitor);
            if (hadEnded) {
                return TokenResult.INVALID_CODE;
            }
            throw unavailable;
        }
        end(issued.get(), EndReason.NO_LONGER_ALLOWED, visitor);
        return TokenResult.INVALID_CODE;
    }

    /// What cannot be recorded is in nobody's list and on no list of what is to end. So it goes
    /// back to Home Assistant at once.
    private Optional<IssuedGrant> record(
            ForClient client, RedeemResult.Tokens tokens, Visitor visitor) {
        try {
            return grants.issue(client, upstream(tokens));
        } catch (RuntimeException fault) {
            try {
                homes.get(visitor.home()).homeAssistant().tokens().revoke(tokens.refreshToken());
            } catch (HomeAssistantUnavailable away) {
                fault.addSuppressed(away);
            }
            throw fault;
        }
    }

    /// As the person will find it in a list.
    private static String nameOf(ClientRequest client) {
        return client.clientName().isEmpty() ? client.clientId() : client.clientName();
    }

    private boolean isSessionLive(Kept kept) {
        return kept.session().map(id -> sessions.find(id).isPresent()).orElse(true);
    }

    private void end(IssuedGrant issued, EndReason reason, Visitor visitor) {
        lifecycle.endGrant(
                issued.grant().id(), new Cause("the gateway", reason, visitor.address()));
    }

    private UpstreamTokens upstream(RedeemResult.Tokens tokens) {
        String tokenId =
                AccessTokenClaims.issuerOf(tokens.accessToken().reveal())
                        .orElseThrow(
                                () ->
                                        new HomeAssistantUnavailable(
                                                "Home Assistant's access token names no issuer"));
        return new UpstreamTokens(
                tokens.accessToken(),
                tokens.refreshToken(),
                tokenId,
                time.instant().plus(tokens.expiresIn()));
    }

    /// An administrator may have linked the person to another user meanwhile.
    private boolean isUserNow(Kept kept, Visitor visitor) {
        return homes.get(visitor.home())
                .homeSignIn()
                .isUserOf(kept.account(), kept.inner().homeAssistantUserId());
    }

    /// Whoever was shut out before comes in once nothing of before is left in Home Assistant.
    private boolean isReadmitted(Kept kept, Visitor visitor, RedeemResult.Tokens tokens) {
        return homes.get(visitor.home())
                .homeSignIn()
                .readmit(kept.account(), kept.accountEpoch(), tokens.accessToken());
    }

    /// Attack and accident: a credential that lost its user signs in as a fresh administrator. So
    /// Home Assistant is asked whose token it has made. One that is dead already is nobody's: it
    /// was made while what is older still ended.
    private boolean isOf(Kept kept, Visitor visitor, RedeemResult.Tokens tokens) {
        TokenProbeResult whose =
                homes.get(visitor.home())
                        .homeAssistant()
                        .tokenProbe()
                        .ask(tokens.accessToken(), visitor.client().accountable());
        return switch (whose) {
            case TokenProbeResult.Alive(var userId, _, _, _)
                    when userId.equals(kept.inner().homeAssistantUserId()) ->
                    true;
            case TokenProbeResult.Alive _ -> {
                LOG.error(
                        "event=token-of-somebody-else home={} account={} request={}",
                        visitor.home(),
                        kept.account(),
                        visitor.reference());
                yield false;
            }
            case TokenProbeResult.Dead _ ->
                    throw new HomeAssistantUnavailable(
                            "Home Assistant does not know a token any more that it just made");
        };
    }
}
