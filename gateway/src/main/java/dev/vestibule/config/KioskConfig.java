package dev.vestibule.config;

import dev.vestibule.network.Cidr;

import java.util.List;

/// A wall tablet, which is signed in without anybody.
///
/// @param name what it is called in Home Assistant, and the key in the database. Required. Example:
///   `hallway`
/// @param trustedNetworks where it is; it works from nowhere else. Required. Example:
///   `[192.168.1.20]`
/// @param deviceKey whether the tablet must hold a key as well, which an administrator approves.
///   Default: `off`. Example: `required`
/// @param role what it may do: `user` or `viewer`. Default: `user`. Example: `viewer`
public record KioskConfig(String name, List<Cidr> trustedNetworks, DeviceKey deviceKey, Role role) {

    public KioskConfig {
        trustedNetworks = List.copyOf(trustedNetworks);
    }

    /// Whether the network alone is enough.
    public enum DeviceKey {
        OFF,
        REQUIRED
    }
}
