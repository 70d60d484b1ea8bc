package dev.vestibule.config;

import dev.vestibule.secret.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// How the gateway reaches a Home Assistant.
///
/// @param url its address as the gateway sees it. Required. Example: `http://homeassistant:8123`
/// @param token a long-lived access token of an administrator; `vestibule setup` makes one.
///   Required
/// @param caFiles certificates in PEM that it may be signed with, besides the system's. Default:
///   none
public record HomeAssistantConfig(URI url, Secret token, List<Path> caFiles) {

    public HomeAssistantConfig {
        caFiles = List.copyOf(caFiles);
    }
}
