package dev.vestibule.config;

import dev.vestibule.network.Cidr;

import java.util.List;
import java.util.regex.Pattern;

/// A wall tablet, which is signed in without anybody.
///
/// @param name what it is called in Home Assistant, and the key in the database. Required. Example:
///   `hallway`
/// @param trustedNetworks where it is; it works from nowhere else. Required. Example:
///   `[192.168.1.20]`
/// @param deviceKey whether the tablet must hold a key as well, which an administrator approves.
///   Default: `off`. Example: `required`
/// @param role what it may do: `user` or `viewer`. Default: `user`. Example: `viewer`
/// @param clientCertificates SHA-256 fingerprints of certificates of which the tablet must show one
///   in every request, see `listen.tls.client-certificates`. Key: `client-certificate`. Default:
///   none, it needs none. Example:
///   `9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08`
public record KioskConfig(
        String name,
        List<Cidr> trustedNetworks,
        DeviceKey deviceKey,
        Role role,
        List<String> clientCertificates) {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    public KioskConfig {
        trustedNetworks = List.copyOf(trustedNetworks);
        clientCertificates = List.copyOf(clientCertificates);
        if (!clientCertificates.stream().allMatch(KioskConfig::isFingerprint)) {
            throw new IllegalArgumentException("a fingerprint has 64 hexadecimal digits");
        }
    }

    static boolean isFingerprint(String text) {
        return FINGERPRINT.matcher(text).matches();
    }

    /// Whether the network alone is enough.
    public enum DeviceKey {
        OFF,
        REQUIRED
    }
}
