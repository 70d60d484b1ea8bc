package dev.vestibule.config;

import java.nio.file.Path;
import java.util.List;

/// Certificates of devices, such as wall tablets. They are asked for and not demanded: who has none
/// comes in as before, and who shows one that is not signed by these does not come in at all.
///
/// @param caFiles the certificates in PEM that sign those of devices; one file or a list. Nobody is
///   asked without. Key: `ca-file`. Default: none. Example: `/etc/vestibule/devices-ca.pem`
public record ClientCertificatesConfig(List<Path> caFiles) {

    public ClientCertificatesConfig {
        caFiles = List.copyOf(caFiles);
    }
}
