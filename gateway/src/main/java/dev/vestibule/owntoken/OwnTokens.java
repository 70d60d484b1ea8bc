package dev.vestibule.owntoken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

import dev.vestibule.account.AccountId;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.LongLivedTokens;
import dev.vestibule.grant.GrantOwner;
import dev.vestibule.grant.GrantService;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.LongLivedToken;
import dev.vestibule.homeassistant.AccessTokenClaims;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantTokens;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.homeassistant.OwnTokenRequests;
import dev.vestibule.homeassistant.OwnTokenRequests.Outcome;
import dev.vestibule.homeassistant.RefreshResult;
import dev.vestibule.outbox.HeldToken;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.SessionLifecycle;
import dev.vestibule.secret.Secret;
import dev.vestibule.socket.OwnTokenCommands;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes and ends people's own tokens at one home. Safe to share between threads; every method
/// waits.
///
/// A token is recorded before anybody gets to know it, and by a statement that holds only while
/// those who asked are still welcome. What comes too late is ended at Home Assistant.
public final class OwnTokens implements OwnTokenCommands {

    private static final Logger LOG = LoggerFactory.getLogger(OwnTokens.class);

    /// A token that is about to run out is not tried.
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private static final Answer DENIED =
            new Answer.Failure(
                    "not_allowed",
                    "Long-lived access tokens are switched off here. Ask whoever runs this home.");
    private static final Answer UNAUTHORIZED = new Answer.Failure("unauthorized", "Unauthorized");
    private static final Answer TRY_AGAIN =
            new Answer.Failure(
                    "home_assistant_error",
                    "This cannot be done now. Look at your list of tokens, and try again.");
    private static final Answer RELOAD =
            new Answer.Failure("unauthorized", "Your sign-in has run out. Reload the page.");
    private static final Answer UNKNOWN = new Answer.Failure("unknown_error", "Unknown error");

    private final InstantSource world;
    private final HomeId home;
    private final LongLivedTokens policy;
    private final HomeAssistant homeAssistant;
    private final GrantService grants;
    private final SessionLifecycle lifecycle;

    /// @param world the system's clock, see [dev.vestibule.store.ForwardClock]
    public OwnTokens(
            InstantSource world,
            HomeId home,
            LongLivedTokens policy,
            HomeAssistant homeAssistant,
            GrantService grants,
            SessionLifecycle lifecycle) {
        this.world = world;
        this.home = home;
        this.policy = policy;
        this.homeAssistant = homeAssistant;
        this.grants = grants;
        this.lifecycle = lifecycle;
    }

    @Override
    public Answer carryOut(Person person, Kind kind, Map<String, JsonNode> members) {
        if (kind == Kind.MAKE && policy == LongLivedTokens.DENY) {
            return DENIED;
        }
        try {
            return switch (person.grant().owner()) {
                case GrantOwner.Service() -> UNAUTHORIZED;
                case GrantOwner.Person(var account, _) ->
                        access(person)
                                .map(token -> carryOut(person, account, token, kind, members))
                                .orElse(RELOAD);
            };
        } catch (HomeAssistantUnavailable | DatabaseUnavailable away) {
            LOG.warn(
                    "event=own-token-command-failed home={} kind={} reason=\"{}\"",
                    home,
                    kind,
                    away.getMessage());
            return TRY_AGAIN;
        }
    }

    /// A token by which Home Assistant takes us for the person: the one that opened the socket, or
    /// the next one from the same sign-in. Sockets outlive it.
    private Optional<Secret> access(Person person) {
        boolean isFresh =
                AccessTokenClaims.read(person.accessToken().reveal())
                        .filter(claims -> claims.expiresAt().isAfter(world.instant().plus(MARGIN)))
                        .isPresent();
        return isFresh
                ? Optional.of(person.accessToken())
                : grants.heldTokenOf(person.grant())
                        .flatMap(held -> refresh(held, person.from().accountable()));
    }

    private Optional<Secret> refresh(HeldToken held, InetAddress from) {
        HomeAssistantTokens tokens = homeAssistant.tokens();
        RefreshResult result =
                held.clientId().isEmpty()
                        ? tokens.refreshWithoutClient(held.refreshToken(), from)
                        : tokens.refresh(held.refreshToken(), held.clientId(), from);
        return result instanceof RefreshResult.AccessToken(var value, _, _)
                ? Optional.of(value)
                : Optional.empty();
    }

    private Answer carryOut(
            Person person,
            AccountId account,
            Secret access,
            Kind kind,
            Map<String, JsonNode> members) {
        OwnTokenRequests requests = homeAssistant.ownTokenRequests();
        Outcome outcome =
                switch (kind) {
                    case MAKE -> requests.make(access, members);
                    case END -> requests.end(access, members);
                    case END_ALL -> requests.endAll(access, members);
                };
        return switch (outcome) {
            case Outcome.Made(var token) -> record(person, account, access, token, members);
            case Outcome.Ended(var ids, var answer) -> end(person, account, ids, answer);
            case Outcome.Refused(var error) -> said(error);
            case Outcome.NotAllowed() -> UNAUTHORIZED;
        };
    }

    private Answer record(
            Person person,
            AccountId account,
            Secret access,
            Secret token,
            Map<String, JsonNode> members) {
        Optional<AccessTokenClaims> claims = AccessTokenClaims.read(token.reveal());
        if (claims.isEmpty()) {
            // It opens nothing here either: what cannot be read is not let in.
            LOG.error("event=long-lived-token-unreadable home={}", home);
            return UNKNOWN;
        }
        LongLivedToken made =
                new LongLivedToken(
                        person.grant().id(),
                        claims.get().issuer(),
                        members.getOrDefault("client_name", TextNode.valueOf("")).asText(),
                        claims.get().expiresAt(),
                        person.from().toString());
        return record(account, access, made)
                .map(
                        grant -> {
                            grants.remember(
                                    grant,
                                    token,
                                    Duration.between(world.instant(), made.expiresAt()));
                            return grant.isLive()
                                    ? new Answer.Result(TextNode.valueOf(token.reveal()))
                                    : UNAUTHORIZED;
                        })
                .orElse(UNAUTHORIZED);
    }

    private Optional<LiveGrant> record(AccountId account, Secret access, LongLivedToken made) {
        try {
            return grants.addLongLived(home, account, made);
        } catch (DatabaseUnavailable away) {
            // Nobody will ever know its value; it goes now, or stays in the person's list.
            homeAssistant.personalTokens().end(access, made.tokenId());
            throw away;
        }
    }

    private Answer end(
            Person person, AccountId account, Set<String> ids, OwnTokenRequests.Answer answer) {
        lifecycle.endTokens(
                account,
                home,
                ids,
                new Cause(
                        account.value(),
                        EndReason.BY_ITS_PERSON_IN_HOME_ASSISTANT,
                        person.from().toString()));
        return said(answer);
    }

    private static Answer said(OwnTokenRequests.Answer answer) {
        return switch (answer) {
            case OwnTokenRequests.Answer.Result(var value) -> new Answer.Result(value);
            case OwnTokenRequests.Answer.Failure(var code, var message) ->
                    new Answer.Failure(code, message);
        };
    }
}
