package dev.vestibule.config;

import java.util.List;

/// How open each class of route is. There is nothing finer: operators switch classes, not paths.
///
/// @param shell the front end's own files. Default: `cached`. Example: `session`
/// @param publicFiles `/local` and `/hacsfiles`. Default: `session`. Example: `open`
/// @param capability addresses that carry an unguessable id: cameras, images, streams. Default:
///   `known`. Example: `off`
/// @param webhooks webhooks other than phones' that are open
/// @param requireUpstream whether everybody must come through the proxy in front
public record RoutesConfig(
        Shell shell,
        PublicFiles publicFiles,
        Capability capability,
        List<OpenWebhookConfig> webhooks,
        RequireUpstreamConfig requireUpstream) {

    public RoutesConfig {
        webhooks = List.copyOf(webhooks);
    }

    /// Without open webhooks, whatever way requests come.
    public RoutesConfig(Shell shell, PublicFiles publicFiles, Capability capability) {
        this(shell, publicFiles, capability, List.of(), RequireUpstreamConfig.NOTHING);
    }

    /// Who gets the front end's own files.
    public enum Shell {
        /// Everybody, from the gateway's own copy; no byte of theirs reaches Home Assistant.
        CACHED,
        /// Signed-in browsers only.
        SESSION,
        /// Everybody, straight from Home Assistant.
        OPEN
    }

    /// Who gets what lies in Home Assistant's `www` folder.
    public enum PublicFiles {
        /// Signed-in browsers, app views and the networks listed as `lan`.
        SESSION,
        /// Everybody.
        OPEN
    }

    /// Who gets cameras, images and streams by an unguessable id.
    public enum Capability {
        /// Who is signed in, or shows an id or token that Home Assistant handed out.
        KNOWN,
        /// As `known`, and everybody in the networks listed as `lan`.
        LAN,
        /// Who is signed in.
        OFF
    }
}
