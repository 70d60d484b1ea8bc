package dev.vestibule.provisioning;

import dev.vestibule.account.AccountId;

import java.net.InetAddress;

/// A person who is to have a user at a home. The group comes from the role that they have there
/// when the user is prepared.
///
/// @param displayName the name of a user that is made now; a later change is Home Assistant's
/// @param client where the person is, for the audit log
public record ProvisioningRequest(AccountId account, String displayName, InetAddress client) {}
