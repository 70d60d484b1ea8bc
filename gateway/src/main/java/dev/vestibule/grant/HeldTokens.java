package dev.vestibule.grant;

import dev.vestibule.grant.GrantStore.Revoked;
import dev.vestibule.outbox.HeldToken;
import dev.vestibule.secret.Sealer;
import dev.vestibule.secret.Sealer.SealBroken;
import dev.vestibule.secret.Secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/// Opens what the gateway holds of Home Assistant's for its grants. Safe to share between threads.
final class HeldTokens {

    private static final Logger LOG = LoggerFactory.getLogger(HeldTokens.class);

    private final Sealer sealer;

    HeldTokens(Sealer sealer) {
        this.sealer = sealer;
    }

    /// Home Assistant's token of a grant. One that does not open must not keep anybody's access
    /// from ending: then the gateway alone keeps the door shut.
    Optional<HeldToken> of(Revoked grant) {
        if (grant.innerSealed() == null) {
            return Optional.empty();
        }
        try {
            Secret inner = sealer.open(grant.innerSealed(), GrantService.place(grant.id()));
            return Optional.of(new HeldToken(inner, grant.clientId()));
        } catch (SealBroken broken) {
            LOG.error(
                    "event=token-not-revoked grant={} home={} reason=\"{}\" effect=\"ended here;"
                            + " Home Assistant keeps the token until it runs out\"",
                    grant.id(),
                    grant.home(),
                    broken.getMessage());
            return Optional.empty();
        }
    }
}
