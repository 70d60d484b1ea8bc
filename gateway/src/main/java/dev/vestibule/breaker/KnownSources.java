package dev.vestibule.breaker;

import dev.vestibule.tenant.Tenants;

import java.util.List;
import java.util.stream.Stream;

/// Everybody on whose word people may lose their access, as of this moment. Safe to share between
/// threads.
public final class KnownSources {

    private final Tenants tenants;
    private final List<String> providers;

    /// @param providers their ids, as the configuration has them
    public KnownSources(Tenants tenants, List<String> providers) {
        this.tenants = tenants;
        this.providers = List.copyOf(providers);
    }

    /// The SCIM clients first.
    public List<Source> all() {
        return Stream.concat(
                        tenants.list().stream().map(client -> Source.of(client.tenant())),
                        providers.stream().map(Source.Provider::new))
                .toList();
    }
}
