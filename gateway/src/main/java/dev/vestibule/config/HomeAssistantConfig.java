package dev.vestibule.config;

import dev.vestibule.secret.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// How the gateway reaches a Home Assistant.
///
/// @param url its address as the gateway sees it, without a path. Required. Example:
///   `http://homeassistant:8123`
/// @param token a long-lived access token of an administrator; `vestibule setup` makes one.
///   Required. Example: `token-file: home-assistant.token`
/// @param caFiles certificates in PEM that its own may be signed with, besides the system's; one
///   file or a list. Key: `ca-file`. Default: none. Example: `/etc/vestibule/home-ca.pem`
public record HomeAssistantConfig(URI url, Secret token, List<Path> caFiles) {

    public HomeAssistantConfig {
        caFiles = List.copyOf(caFiles);
    }
}
