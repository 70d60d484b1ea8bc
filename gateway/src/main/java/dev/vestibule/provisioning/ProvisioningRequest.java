package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.Role;

import java.net.InetAddress;

/// A person who is to have a user at a home.
///
/// @param displayName the name of a user that is made now; a later change is Home Assistant's
/// @param role decides the group, at every sign-in
/// @param client where the person is, for Home Assistant's own rules and for the audit log
public record ProvisioningRequest(
        AccountId account, String displayName, Role role, InetAddress client) {}
