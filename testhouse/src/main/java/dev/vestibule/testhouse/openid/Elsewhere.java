package dev.vestibule.testhouse.openid;

import java.util.List;

/// The second origin that lies point to. What it serves is good enough to succeed with, so that
/// whoever comes here is caught by coming and not by chance.
final class Elsewhere implements Handler {

    private final DiscoveryEndpoint discovery;
    private final KeyRing keys;

    Elsewhere(DiscoveryEndpoint discovery, KeyRing keys) {
        this.discovery = discovery;
        this.keys = keys;
    }

    @Override
    public Answer handle(ProviderRequest request) {
        String path = Parameters.parts(request.target(), '?').getFirst();
        if (path.equals(Endpoint.DISCOVERY.path())) {
            return Answer.json(200, discovery.document());
        }
        if (path.equals(Endpoint.JWKS.path())) {
            return Answer.json(200, KeySetEndpoint.set(keys.published()));
        }
        if (path.equals("/keys-of-a-stranger")) {
            return Answer.json(
                    200, KeySetEndpoint.set(List.of(keys.odd(KeyRing.Odd.STRANGER).publicJwk())));
        }
        return Answer.page(404);
    }
}
