package dev.vestibule.config;

import java.util.List;
import java.util.regex.Pattern;

/// Reads the section `clients` of a home.
final class ClientsReader {

    /// What vendors give out as ids.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private ClientsReader() {}

    static ClientsConfig read(Section section) {
        try (section) {
            return new ClientsConfig(
                    ids(section, "google-projects"),
                    ids(section, "alexa-vendors"),
                    section.list("documents", Formats::clientDocument).stream()
                            .map(Located::value)
                            .toList(),
                    section.get(
                            "unknown",
                            Formats.oneOf(ClientsConfig.UnknownClients.values()),
                            Defaults.CLIENTS.unknown()));
        }
    }

    private static List<String> ids(Section section, String key) {
        return section
                .list(key, Formats.shaped(ID.asMatchPredicate(), "an id of letters and digits"))
                .stream()
                .map(Located::value)
                .toList();
    }
}
