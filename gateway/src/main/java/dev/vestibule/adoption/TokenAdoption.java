package dev.vestibule.adoption;

import dev.vestibule.account.AccountId;
import dev.vestibule.adoption.Adoption.Policy;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.LongLivedTokens;
import dev.vestibule.grant.AdoptionResult;
import dev.vestibule.grant.FreshAccessToken;
import dev.vestibule.grant.GrantKind;
import dev.vestibule.grant.GrantOwner;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.GrantService.Existing;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.RefreshTokenJudge;
import dev.vestibule.grant.TokenIdLookup;
import dev.vestibule.grant.TokenJudge;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.homeassistant.AccessTokenClaims;
import dev.vestibule.homeassistant.HomeAssistantTokens;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.RefreshResult;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.homeassistant.TokenProbeResult.Alive;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Judges the tokens of one home that this process does not know: after a restart of the gateway,
/// and tokens that are older than it. Safe to share between threads; every method waits.
///
/// A token counts as dead only where Home Assistant, or the token's own expiry, says so. Where
/// nobody can say, it is unjudgeable: phones forget a token that was called dead.
public final class TokenAdoption implements TokenJudge, RefreshTokenJudge {

    private static final int TOKEN_LENGTH_MAX = 4_096;
    private static final Logger LOG = LoggerFactory.getLogger(TokenAdoption.class);
    private static final String WAITS = "it waits for an administrator's approval";
    private static final String MOVED = "its person has just got another account";
    private static final String TOO_OFTEN = "too many unknown tokens from this address";

    private final InstantSource world;
    private final GrantService grants;
    private final Residents residents;
    private final TokenQuestions questions;
    private final HomeAssistantTokens tokens;
    private final AddressLimiter limiter;
    private final Policy policy;

    /// @param world the system's clock: Home Assistant writes by its own when a token runs out
    TokenAdoption(
            InstantSource world,
            GrantService grants,
            Residents residents,
            TokenQuestions questions,
            HomeAssistantTokens tokens,
            AddressLimiter limiter,
            Policy policy) {
        this.world = world;
        this.grants = grants;
        this.residents = residents;
        this.questions = questions;
        this.tokens = tokens;
        this.limiter = limiter;
        this.policy = policy;
    }

    @Override
    public TokenJudgement judge(HomeId home, String accessToken, ClientAddress from) {
        try {
            return AccessTokenClaims.read(accessToken)
                    .filter(claims -> claims.expiresAt().isAfter(world.instant()))
                    .map(claims -> judge(home, new Secret(accessToken), claims, from))
                    .orElseGet(TokenJudgement.Dead::new);
        } catch (HomeAssistantUnavailable | DatabaseUnavailable away) {
            return new TokenJudgement.Unjudgeable(String.valueOf(away.getMessage()));
        }
    }

    /// What the token says of itself only names a row; that it is genuine, Home Assistant says.
    private TokenJudgement judge(
            HomeId home, Secret accessToken, AccessTokenClaims claims, ClientAddress from) {
        TokenIdLookup found = grants.lookUpTokenId(home, claims.issuer());
        return unasked(found, claims)
                .orElseGet(
                        () ->
                                found instanceof TokenIdLookup.Live(var grant)
                                        ? confirm(grant, accessToken, claims, from)
                                        : adopt(home, accessToken, claims, from));
    }

    /// What needs no word of Home Assistant.
    private Optional<TokenJudgement> unasked(TokenIdLookup found, AccessTokenClaims claims) {
        return switch (found) {
            case TokenIdLookup.Ended() -> Optional.of(new TokenJudgement.Dead());
            case TokenIdLookup.Waiting() -> Optional.of(new TokenJudgement.Unjudgeable(WAITS));
            case TokenIdLookup.Live _ -> Optional.empty();
            case TokenIdLookup.Unknown() ->
                    isTakenOver(claims) ? Optional.empty() : Optional.of(new TokenJudgement.Dead());
        };
    }

    private boolean isTakenOver(AccessTokenClaims claims) {
        return policy.existing() != ExistingTokens.DENY
                && !(policy.longLived() == LongLivedTokens.DENY && claims.isLongLived());
    }

    @Override
    public Optional<TokenJudgement> foresee(HomeId home, String accessToken) {
        try {
            Optional<AccessTokenClaims> claims =
                    AccessTokenClaims.read(accessToken)
                            .filter(read -> read.expiresAt().isAfter(world.instant()));
            return claims.isEmpty()
                    ? Optional.of(new TokenJudgement.Dead())
                    : unasked(grants.lookUpTokenId(home, claims.get().issuer()), claims.get());
        } catch (DatabaseUnavailable away) {
            return Optional.of(new TokenJudgement.Unjudgeable(String.valueOf(away.getMessage())));
        }
    }

    private TokenJudgement confirm(
            LiveGrant grant, Secret accessToken, AccessTokenClaims claims, ClientAddress from) {
        Optional<TokenProbeResult> answer = questions.askAbout(grant.id(), accessToken, from);
        if (answer.isEmpty()) {
            return new TokenJudgement.Unjudgeable(TOO_OFTEN);
        }
        return switch (answer.get()) {
            case TokenProbeResult.Dead() -> new TokenJudgement.Dead();
            case Alive alive when belongsTo(grant, alive) -> {
                grants.noteUse(grant);
                grants.remember(grant, accessToken, left(claims));
                yield liveOrDead(grant);
            }
            case Alive _ -> new TokenJudgement.Dead();
        };
    }

    private Duration left(AccessTokenClaims claims) {
        return Duration.between(world.instant(), claims.expiresAt());
    }

    private boolean belongsTo(LiveGrant grant, Alive alive) {
        return switch (grant.owner()) {
            case GrantOwner.Person(AccountId account, _) ->
                    residents.isUserOf(account, alive.userId());
            case GrantOwner.Service() -> true;
        };
    }

    /// The end may have come while Home Assistant was asked.
    private static TokenJudgement liveOrDead(LiveGrant grant) {
        return grant.isLive() ? new TokenJudgement.Live(grant) : new TokenJudgement.Dead();
    }

    private TokenJudgement adopt(
            HomeId home, Secret accessToken, AccessTokenClaims claims, ClientAddress from) {
        Optional<TokenProbeResult> answer = questions.ask(accessToken, from);
        if (answer.isEmpty()) {
            return new TokenJudgement.Unjudgeable(TOO_OFTEN);
        }
        return switch (answer.get()) {
            case TokenProbeResult.Dead() -> new TokenJudgement.Dead();
            case Alive alive ->
                    existing(home, alive, claims.issuer(), "", from)
                            .map(existing -> settle(existing, alive, accessToken, claims))
                            .orElseGet(TokenJudgement.Dead::new);
        };
    }

    private TokenJudgement settle(
            Existing existing, Alive alive, Secret accessToken, AccessTokenClaims claims) {
        return switch (grants.adopt(existing)) {
            case AdoptionResult.Live(var grant) -> {
                grants.remember(grant, accessToken, left(claims));
                yield liveOrDead(grant);
            }
            case AdoptionResult.Waiting() -> new TokenJudgement.Unjudgeable(WAITS);
            case AdoptionResult.Ended() ->
                    hasMoved(existing, alive)
                            ? new TokenJudgement.Unjudgeable(MOVED)
                            : new TokenJudgement.Dead();
        };
    }

    /// Whether the user got another account while their token was being taken over: an
    /// administrator linked them. Nothing has ended then, and the next try finds the new account.
    private boolean hasMoved(Existing existing, Alive alive) {
        return residents
                .ownerOf(alive.userId())
                .filter(owner -> !owner.equals(existing.owner()))
                .isPresent();
    }

    private Optional<Existing> existing(
            HomeId home, Alive alive, String tokenId, String clientId, ClientAddress from) {
        return residents
                .ownerOf(alive.userId())
                .map(
                        owner ->
                                new Existing(
                                        home,
                                        owner,
                                        tokenId,
                                        clientId,
                                        clientId.isEmpty() ? alive.name() : clientId,
                                        from.toString()));
    }

    @Override
    public Result judge(HomeId home, Secret refreshToken, String clientId, ClientAddress from) {
        if (policy.existing() == ExistingTokens.DENY
                || refreshToken.reveal().length() > TOKEN_LENGTH_MAX) {
            return new Result.Dead();
        }
        if (!limiter.tryTake(from)) {
            return new Result.Unjudgeable(TOO_OFTEN);
        }
        try {
            return switch (refresh(refreshToken, clientId, from.accountable())) {
                case RefreshResult.InvalidGrant() -> new Result.Dead();
                case RefreshResult.Refused(var status, _) ->
                        status == 403 ? new Result.Denied() : new Result.OtherClient();
                case RefreshResult.AccessToken(var value, var expiresIn, var extra) ->
                        adopt(
                                home,
                                refreshToken,
                                clientId,
                                new FreshAccessToken(value, expiresIn, extra),
                                from);
            };
        } catch (HomeAssistantUnavailable | DatabaseUnavailable away) {
            return new Result.Unjudgeable(String.valueOf(away.getMessage()));
        }
    }

    private RefreshResult refresh(Secret refreshToken, String clientId, InetAddress address) {
        return clientId.isEmpty()
                ? tokens.refreshWithoutClient(refreshToken, address)
                : tokens.refresh(refreshToken, clientId, address);
    }

    private Result adopt(
            HomeId home,
            Secret refreshToken,
            String clientId,
            FreshAccessToken fresh,
            ClientAddress from) {
        Optional<String> tokenId = AccessTokenClaims.issuerOf(fresh.value().reveal());
        if (tokenId.isEmpty()) {
            return new Result.Unjudgeable("Home Assistant's access token cannot be read");
        }
        return switch (grants.lookUpTokenId(home, tokenId.get())) {
            case TokenIdLookup.Ended() -> new Result.Dead();
            case TokenIdLookup.Waiting() -> new Result.Waiting();
            case TokenIdLookup.Live(var grant) when grant.kind() == GrantKind.CLIENT -> {
                // Attack: that token never left the gateway, so it was stolen from the home.
                LOG.warn(
                        "event=inner-token-shown home={} grant={} from={}", home, grant.id(), from);
                yield new Result.Dead();
            }
            case TokenIdLookup.Live(var grant) -> {
                grants.keepRefreshToken(grant, clientId, refreshToken);
                yield released(grant, fresh);
            }
            case TokenIdLookup.Unknown() ->
                    adoptNew(home, refreshToken, tokenId.get(), clientId, fresh, from);
        };
    }

    private Result adoptNew(
            HomeId home,
            Secret refreshToken,
            String tokenId,
            String clientId,
            FreshAccessToken fresh,
            ClientAddress from) {
        return switch (questions.askWithoutLimit(fresh.value(), from)) {
            case TokenProbeResult.Dead() -> new Result.Dead();
            case Alive alive ->
                    existing(home, alive, tokenId, clientId, from)
                            .map(existing -> settle(existing, alive, refreshToken, fresh))
                            .orElseGet(Result.Dead::new);
        };
    }

    private Result settle(
            Existing existing, Alive alive, Secret refreshToken, FreshAccessToken fresh) {
        return switch (grants.adopt(existing, refreshToken)) {
            case AdoptionResult.Live(var grant) -> released(grant, fresh);
            case AdoptionResult.Waiting() -> new Result.Waiting();
            case AdoptionResult.Ended() ->
                    hasMoved(existing, alive) ? new Result.Unjudgeable(MOVED) : new Result.Dead();
        };
    }

    private Result released(LiveGrant grant, FreshAccessToken fresh) {
        grants.remember(grant, fresh.value(), fresh.expiresIn());
        return grant.isLive() ? new Result.Adopted(grant, fresh) : new Result.Dead();
    }
}
