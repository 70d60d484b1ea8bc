package dev.vestibule.testhouse.home;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Codes that wait to be redeemed. Lives on the event loop; a restart loses them.
final class AuthorizationCodes {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private record Key(String clientId, String code) {}

    private record Issued(Credential credential, Instant at) {}

    private final InstantSource time;
    private final Map<Key, Issued> issued = new HashMap<>();

    AuthorizationCodes(InstantSource time) {
        this.time = time;
    }

    String issue(String clientId, Credential credential) {
        String code = Ids.id();
        issued.put(new Key(clientId, code), new Issued(credential, time.instant()));
        return code;
    }

    /// Works once; a wrong client does not use the code up.
    Optional<Credential> consume(String clientId, String code) {
        return Optional.ofNullable(issued.remove(new Key(clientId, code)))
                .filter(one -> time.instant().isBefore(one.at().plus(LIFETIME)))
                .map(Issued::credential);
    }

    void clear() {
        issued.clear();
    }
}
