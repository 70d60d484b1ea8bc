package dev.vestibule.explain;

import dev.vestibule.secret.Secret;

import java.net.InetAddress;

/// A request that nobody made.
///
/// @param host as the `Host` header would have it
/// @param target path and query as they would travel
/// @param method as it would travel
/// @param from the other end of the connection
/// @param isAroundTheProxy true where it is not to be supposed that it came through a proxy that
///   the configuration demands
/// @param accessToken in the `Authorization` header; empty text for none
/// @param page the origin of the page that sends it; empty text where no page says so
/// @param isSocket whether it asks for a websocket, by a handshake in good form
public record SupposedRequest(
        String host,
        String target,
        String method,
        InetAddress from,
        boolean isAroundTheProxy,
        Secret accessToken,
        String page,
        boolean isSocket) {}
