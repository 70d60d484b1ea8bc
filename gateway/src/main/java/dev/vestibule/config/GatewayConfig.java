package dev.vestibule.config;

import java.nio.file.Path;
import java.util.List;

/// The whole configuration.
///
/// @param listen where the gateway listens
/// @param dataDirectory where the database and the master key live. Default: `data`. Example:
///   `/var/lib/vestibule`
/// @param masterKeyFiles the master key's file, if it lives elsewhere; at most one. Key:
///   `master-key-file`. Default: `master.key` in the data directory. Example:
///   `/run/secrets/master.key`
/// @param network whom to believe about addresses
/// @param homes the homes behind the gateway, at least one. A single one may be written as a
///   section `home` instead of a list
/// @param providers the identity providers people may sign in with, at least one
/// @param assertions proxies in front that sign who the person is. Default: none
/// @param trustedHeaders proxies in front that say who the person is and sign nothing. Key:
///   `insecure-trusted-headers`. Default: none, no unsigned header counts
/// @param deprovisioning when so many people would lose their access that somebody is asked first
/// @param limits how much of everything there may be
/// @param management where it can be asked how the gateway is
/// @param audit how long is remembered what happened
/// @param log what the gateway says of itself
public record GatewayConfig(
        ListenConfig listen,
        Path dataDirectory,
        List<Path> masterKeyFiles,
        NetworkConfig network,
        List<HomeConfig> homes,
        List<OpenIdProviderConfig> providers,
        List<AssertionConfig> assertions,
        List<TrustedHeadersConfig> trustedHeaders,
        DeprovisioningConfig deprovisioning,
        LimitsConfig limits,
        ManagementConfig management,
        AuditConfig audit,
        LogConfig log) {

    public GatewayConfig {
        masterKeyFiles = List.copyOf(masterKeyFiles);
        homes = List.copyOf(homes);
        providers = List.copyOf(providers);
        assertions = List.copyOf(assertions);
        trustedHeaders = List.copyOf(trustedHeaders);
    }

    public Path masterKeyFile() {
        return masterKeyFiles.isEmpty()
                ? dataDirectory.resolve("master.key")
                : masterKeyFiles.getFirst();
    }
}
