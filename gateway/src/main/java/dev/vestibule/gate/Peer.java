package dev.vestibule.gate;

import dev.vestibule.network.ClientCertificate;

import java.net.InetAddress;

/// The other end of a connection: a client, or a proxy that speaks for one.
///
/// @param certificate its own, not that of anybody behind it
record Peer(InetAddress address, ClientCertificate certificate) {}
