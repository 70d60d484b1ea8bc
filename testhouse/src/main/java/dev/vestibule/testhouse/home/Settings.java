package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/// The settings of the house, as `get_config` tells them. Lives on the event loop.
final class Settings {

    private static final List<String> COMPONENTS =
            List.of(
                    "auth",
                    "backup",
                    "camera",
                    "config",
                    "frontend",
                    "history",
                    "http",
                    "image",
                    "image_upload",
                    "input_boolean",
                    "light",
                    "logbook",
                    "lovelace",
                    "media_player",
                    "mobile_app",
                    "onboarding",
                    "person",
                    "sensor",
                    "stream",
                    "sun",
                    "tts",
                    "webhook",
                    "websocket_api",
                    "light.demo",
                    "sensor.demo");

    private final HomeOptions options;
    private String externalUrl;
    private String internalUrl = "";
    private String locationName = "Simulated home";

    Settings(HomeOptions options) {
        this.options = options;
        this.externalUrl = options.externalUrl();
    }

    String externalUrl() {
        return externalUrl;
    }

    String internalUrl() {
        return internalUrl;
    }

    void setExternalUrl(String url) {
        externalUrl = url;
    }

    void setInternalUrl(String url) {
        internalUrl = url;
    }

    void setLocationName(String name) {
        locationName = name;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("latitude", 52.37).put("longitude", 4.89).put("elevation", 2);
        json.putObject("unit_system")
                .put("length", "km")
                .put("mass", "g")
                .put("temperature", "°C")
                .put("volume", "L");
        json.put("location_name", locationName).put("time_zone", "Europe/Amsterdam");
        json.set("components", Json.array(COMPONENTS));
        json.put("config_dir", "/config");
        json.putArray("allowlist_external_dirs");
        json.putArray("allowlist_external_urls");
        json.put("version", options.version()).put("config_source", "storage");
        json.put("recovery_mode", false).put("state", "RUNNING");
        json.put("external_url", externalUrl.isEmpty() ? null : externalUrl);
        json.put("internal_url", internalUrl.isEmpty() ? null : internalUrl);
        json.put("currency", "EUR").put("country", "NL").put("language", "en");
        return json;
    }
}
