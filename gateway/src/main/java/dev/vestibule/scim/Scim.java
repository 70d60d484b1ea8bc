package dev.vestibule.scim;

import dev.vestibule.audit.AuditLog;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.directory.Directory;
import dev.vestibule.http.Guard;
import dev.vestibule.http.Handler;
import dev.vestibule.tenant.Tenants;

import java.time.InstantSource;
import java.util.Map;

/// Puts the room together and hands its handler to `Routes`.
public final class Scim {

    private final ScimHandler handler;

    /// @param origins the canonical origin of each home
    /// @param requestsPerSecond of one client
    public Scim(
            InstantSource time,
            Tenants tenants,
            Directory directory,
            AuditLog audit,
            Map<HomeId, Origin> origins,
            int requestsPerSecond) {
        SearchEndpoint searches = new SearchEndpoint(directory);
        this.handler =
                new ScimHandler(
                        tenants,
                        new Throttle(time, requestsPerSecond),
                        new Alarms(time, audit),
                        new Renderings(origins),
                        new ScimHandler.Endpoints(
                                new DiscoveryEndpoint(),
                                new ResourceEndpoint(directory, searches),
                                searches));
    }

    /// Turns strangers away before their bodies are taken in.
    public Guard guard() {
        return handler;
    }

    /// Everything below `/scim/v2`.
    public Handler handler() {
        return handler;
    }
}
