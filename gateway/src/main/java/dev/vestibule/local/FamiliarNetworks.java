package dev.vestibule.local;

import dev.vestibule.config.HomeId;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.store.Database;

import java.time.Duration;
import java.time.InstantSource;

/// Owns the table `local_network`: from where people have proved their login before. Safe to share
/// between threads.
///
/// Attack: a stranger tries wrong passwords with somebody's name until that name is slowed. Its
/// person comes from where they always come from, and is not.
final class FamiliarNetworks {

    private static final Duration MEMORY = Duration.ofDays(90);

    private final InstantSource time;
    private final Database database;

    FamiliarNetworks(InstantSource time, Database database) {
        this.time = time;
        this.database = database;
    }

    boolean isFamiliar(HomeId home, LoginName name, ClientAddress client) {
        if (!(client instanceof ClientAddress.Known)) {
            return false;
        }
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT 1 FROM local_network
                                         WHERE home_id = :home AND name_hash = :name
                                           AND network = :network AND seen_at > :oldest
                                        """)
                                .bind("home", home.value())
                                .bind("name", name.hash())
                                .bind("network", network(client))
                                .bind("oldest", time.instant().minus(MEMORY).toEpochMilli())
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent());
    }

    /// Somebody proved the login from here. An address that is not known is nobody's.
    void remember(HomeId home, LoginName name, ClientAddress client) {
        if (!(client instanceof ClientAddress.Known)) {
            return;
        }
        database.change(
                tx ->
                        tx.createUpdate(
                                        """
                                        INSERT INTO local_network
                                               (home_id, name_hash, network, seen_at)
                                        VALUES (:home, :name, :network, :now)
                                        ON CONFLICT (home_id, name_hash, network)
                                        DO UPDATE SET seen_at = excluded.seen_at
                                        """)
                                .bind("home", home.value())
                                .bind("name", name.hash())
                                .bind("network", network(client))
                                .bind("now", time.instant().toEpochMilli())
                                .execute());
    }

    private static String network(ClientAddress client) {
        return AddressLimiter.networkOf(client.accountable()).toString();
    }

    int sweep() {
        long oldest = time.instant().minus(MEMORY).toEpochMilli();
        return database.inTransaction(
                tx ->
                        tx.createUpdate("DELETE FROM local_network WHERE seen_at <= :oldest")
                                .bind("oldest", oldest)
                                .execute());
    }
}
