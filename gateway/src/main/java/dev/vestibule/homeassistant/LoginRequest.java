package dev.vestibule.homeassistant;

import dev.vestibule.secret.Secret;

import java.net.InetAddress;

/// A sign-in with user name and password for a client of Home Assistant's.
///
/// @param clientId the client's own; the code will be bound to it
/// @param redirectUri where the code will go; Home Assistant checks that it suits the client
/// @param client the person's address, named to Home Assistant where it accepts that
public record LoginRequest(
        String username,
        Secret password,
        String clientId,
        String redirectUri,
        InetAddress client) {}
