package dev.vestibule.tenant;

import dev.vestibule.log.RequestScope;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Notes when a token was used last, at most once in [#NOTED_EVERY]: a request writes nothing and
/// waits for nothing because of it. Safe to share between threads.
final class TokenUses {

    static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(TokenUses.class);

    private final InstantSource time;
    private final Database database;
    private final Executor background;
    private final Set<TokenHash> beingNoted = ConcurrentHashMap.newKeySet();

    /// @param background runs what waits for the database
    TokenUses(InstantSource time, Database database, Executor background) {
        this.time = time;
        this.database = database;
        this.background = background;
    }

    /// @param lastUsedAt as it is stored
    void note(TokenHash token, ClientAddress from, Optional<Instant> lastUsedAt) {
        Instant now = time.instant();
        Instant since = now.minus(NOTED_EVERY);
        boolean isDue = lastUsedAt.isEmpty() || !lastUsedAt.get().isAfter(since);
        if (isDue && beingNoted.add(token)) {
            background.execute(RequestScope.kept(() -> write(token, from.toString(), now, since)));
        }
    }

    private void write(TokenHash token, String address, Instant now, Instant since) {
        try {
            database.change(tx -> TenantStore.touch(tx, token, address, now, since));
        } catch (DatabaseUnavailable away) {
            LOG.warn("event=scim-token-use-not-noted reason=\"{}\"", away.getMessage());
        } finally {
            beingNoted.remove(token);
        }
    }
}
