package dev.vestibule.explain;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountStore;
import dev.vestibule.config.HomeId;
import dev.vestibule.grant.GrantInquiry;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.GrantSummary;
import dev.vestibule.grant.TokenJudge;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.homeassistant.AccessTokenClaims;
import dev.vestibule.network.Cidr;
import dev.vestibule.policy.SignedPath;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionInquiry;
import dev.vestibule.tenant.KnownToken;
import dev.vestibule.tenant.Tenants;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a credential is, whose, and whether it opens anything. The credential itself is never said.
/// Safe to share between threads; waits for the database, and asks Home Assistant nothing.
public final class CredentialReport {

    private static final String OF_NO_GRANT =
            "of no grant here: such addresses of Home Assistant's own user pass from the networks"
                    + " listed as lan only";

    private final InstantSource world;
    private final AccountStore accounts;
    private final Ledgers ledgers;
    private final TokenJudge judge;
    private final List<HomeId> homes;

    /// Where credentials are written down.
    public record Ledgers(
            SessionInquiry sessions, GrantInquiry inquiry, GrantService grants, Tenants tenants) {}

    /// @param world the system's clock: Home Assistant writes by its own when a token runs out
    /// @param judge whose word about access tokens the gate takes
    /// @param homes where to look
    public CredentialReport(
            InstantSource world,
            AccountStore accounts,
            Ledgers ledgers,
            TokenJudge judge,
            List<HomeId> homes) {
        this.world = world;
        this.accounts = accounts;
        this.ledgers = ledgers;
        this.judge = judge;
        this.homes = List.copyOf(homes);
    }

    public Explanation of(Secret credential) {
        return ledgers.tenants()
                .inquire(credential.reveal())
                .map(CredentialReport::scimClient)
                .or(() -> ledgers.sessions().ofCookie(credential).map(this::session))
                .or(() -> ledgers.inquiry().ofRefreshToken(credential).map(this::refreshToken))
                .or(() -> SignedPath.read(credential.reveal()).map(this::signedPath))
                .or(() -> accessToken(credential))
                .orElseGet(CredentialReport::unknown);
    }

    private Optional<Explanation> accessToken(Secret credential) {
        return AccessTokenClaims.read(credential.reveal())
                .map(claims -> accessToken(credential, claims));
    }

    private static Explanation unknown() {
        return new Explanation.Draft()
                .say("kind", "unknown to this gateway")
                .say(
                        "state",
                        "nothing here knows it: it is wrong, or has ended so long ago that it is"
                                + " forgotten, or Home Assistant made it")
                .advise(
                        "A refresh token of Home Assistant that is older than the gateway is taken"
                                + " over at its first use, see existing-tokens.")
                .done();
    }

    private static Explanation scimClient(KnownToken token) {
        String name = token.tenant().name();
        return new Explanation.Draft()
                .say("kind", "a SCIM client's token")
                .say("whose", "the client " + name)
                .say("state", "alive")
                .say("rights", "sends people and groups to /scim/v2, and nothing else")
                .say(
                        "from",
                        token.networks().isEmpty()
                                ? "anywhere"
                                : token.networks().stream()
                                        .map(Cidr::toString)
                                        .collect(Collectors.joining(", ")))
                .say("last used", token.lastUsedAt().map(Instant::toString).orElse("never"))
                .advise("To replace it: vestibule scim-client rotate " + name)
                .done();
    }

    private Explanation session(SessionInquiry.Known known) {
        Explanation.Draft draft =
                new Explanation.Draft()
                        .say("kind", "the cookie of a signed-in browser")
                        .say("whose", person(known.account()))
                        .say("home", known.home().value())
                        .say("rights", rights(known.account(), known.home()))
                        .say("state", FateWords.of(known.fate()))
                        .say("signed in", known.beganAt() + " by " + known.way().stored())
                        .say("device", known.device())
                        .say("last used", known.lastUsedAt().toString())
                        .say("until", known.expiresAt().toString());
        return draft.advise(
                        known.fate() == SessionInquiry.Fate.ALIVE
                                ? "To end it: the console, or vestibule account sign-out"
                                : "The person signs in anew, if they may.")
                .done();
    }

    private Explanation refreshToken(GrantInquiry.Known known) {
        Explanation.Draft draft =
                new Explanation.Draft().say("kind", "a refresh token, as its client keeps it");
        about(draft, known).say("state", FateWords.of(known.fate()));
        return draft.advise(FateWords.advice(known)).done();
    }

    private Explanation.Draft about(Explanation.Draft draft, GrantInquiry.Known known) {
        GrantSummary grant = known.grant();
        boolean isAService = grant.accountId().isEmpty();
        draft.say(
                        "whose",
                        isAService
                                ? "a service of Home Assistant's: " + grant.name()
                                : person(new AccountId(grant.accountId())))
                .say("home", grant.home().value())
                .say(
                        "rights",
                        isAService
                                ? "what Home Assistant gives that service"
                                : rights(new AccountId(grant.accountId()), grant.home()))
                .say("grant", grant.id() + ", " + PlainWords.of(grant.kind()))
                .say("client", grant.clientId())
                .say("name", grant.name())
                .say(
                        "ends with",
                        known.session().isPresent()
                                ? "the browser's session that it was issued from"
                                : "")
                .say("made", grant.createdAt() + askedFrom(grant))
                .say("last used", grant.lastUsedAt().toString())
                .say("until", grant.expiresAt().map(Instant::toString).orElse(""))
                .say("ended", known.endedAt().map(Instant::toString).orElse(""));
        return draft;
    }

    private static String askedFrom(GrantSummary grant) {
        String address = grant.from().address();
        return address.isEmpty() ? "" : ", asked for from " + address;
    }

    private Explanation signedPath(SignedPath signed) {
        Explanation.Draft draft =
                new Explanation.Draft().say("kind", "the signature of a signed address");
        Optional<GrantInquiry.Known> known = ofTokenId(signed.issuer());
        known.ifPresent(found -> about(draft, found));
        draft.say("runs out", signed.expiresAt().toString());
        if (!signed.expiresAt().isAfter(world.instant())) {
            return draft.say("state", "dead: it has run out").done();
        }
        return draft.say(
                        "state", known.map(found -> FateWords.of(found.fate())).orElse(OF_NO_GRANT))
                .say("genuine", "only Home Assistant can say whether the signature is its own")
                .done();
    }

    private Explanation accessToken(Secret credential, AccessTokenClaims claims) {
        Explanation.Draft draft =
                new Explanation.Draft()
                        .say(
                                "kind",
                                claims.isLongLived()
                                        ? "a long-lived access token"
                                        : "an access token");
        Optional<GrantInquiry.Known> known = ofTokenId(claims.issuer());
        known.ifPresent(found -> about(draft, found));
        draft.say("runs out", claims.expiresAt().toString());
        if (!claims.expiresAt().isAfter(world.instant())) {
            return draft.say("state", "dead: it has run out")
                    .advise("Its client fetches the next one by its refresh token.")
                    .done();
        }
        return known.map(found -> ofGrant(draft, credential, found))
                .orElseGet(() -> ofNoGrant(draft, credential));
    }

    private Explanation ofGrant(
            Explanation.Draft draft, Secret credential, GrantInquiry.Known known) {
        HomeId home = known.grant().home();
        boolean isBelieved = ledgers.grants().recognise(home, credential.reveal()).isPresent();
        draft.say("state", FateWords.of(known.fate()));
        if (known.fate() == GrantInquiry.Fate.ALIVE) {
            draft.say(
                    "genuine",
                    isBelieved
                            ? "yes: the gateway saw it being issued, or Home Assistant vouched"
                            : "only Home Assistant can say; it is asked at the next use");
        }
        return draft.advise(FateWords.advice(known)).done();
    }

    /// What the gate would make of it, at each home.
    private Explanation ofNoGrant(Explanation.Draft draft, Secret credential) {
        draft.say("whose", "unknown: it belongs to no grant of this gateway");
        for (HomeId home : homes) {
            draft.say(
                    "at " + home,
                    judge.foresee(home, credential.reveal())
                            .map(CredentialReport::said)
                            .orElse(
                                    "Home Assistant is asked at the first use, and what it vouches"
                                            + " for is taken over"));
        }
        return draft.advise("Keys: homes[].existing-tokens, homes[].long-lived-tokens").done();
    }

    private static String said(TokenJudgement judgement) {
        return switch (judgement) {
            case TokenJudgement.Live _ -> "alive";
            case TokenJudgement.Dead() -> "dead: tokens of before are not taken over here";
            case TokenJudgement.Unjudgeable(var why) -> "cannot be judged: " + why;
        };
    }

    private Optional<GrantInquiry.Known> ofTokenId(String tokenId) {
        return homes.stream()
                .flatMap(home -> ledgers.inquiry().ofTokenId(home, tokenId).stream())
                .findFirst();
    }

    private String person(AccountId id) {
        return accounts.find(id)
                .map(
                        account ->
                                account.username()
                                        + " ("
                                        + account.displayName()
                                        + "), "
                                        + PlainWords.of(account.state()))
                .orElse("somebody who was removed");
    }

    private String rights(AccountId id, HomeId home) {
        return accounts.find(id)
                .filter(Account::isActive)
                .flatMap(_ -> accounts.roleOf(id, home))
                .map(role -> "what " + PlainWords.of(role) + " may")
                .orElse("none");
    }
}
