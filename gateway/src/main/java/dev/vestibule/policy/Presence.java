package dev.vestibule.policy;

import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;

/// Who is at the other end, before anybody is known by a credential: from where, and with which
/// device.
///
/// @param certificate what the client proved to have
public record Presence(ClientAddress client, ClientCertificate certificate) {}
