package dev.vestibule.config;

import dev.vestibule.config.OpenWebhookConfig.WebhookOrigin;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the webhooks that one home opens.
final class WebhookReader {

    /// One segment of a path that reads the same however it is written.
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z._~-]{1,255}");

    private static final int GUESSABLE_BELOW = 16;

    private final SecretReader secrets;

    WebhookReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    List<OpenWebhookConfig> readAll(Section routes) {
        Set<TokenHash> ids = new HashSet<>();
        return routes.children("webhooks").stream()
                .flatMap(section -> read(section, ids).stream())
                .toList();
    }

    private Optional<OpenWebhookConfig> read(Section section, Set<TokenHash> ids) {
        try (section) {
            if (!secrets.isGiven(section, "id")) {
                section.problem(
                        "id",
                        "'id' is missing. Write the webhook's id, or 'id-file' with a file that"
                                + " holds it.");
            }
            String key = section.has("id") ? "id" : "id-file";
            Optional<Secret> id =
                    secrets.line(section, "id").filter(value -> isId(section, key, value));
            id.ifPresent(value -> judge(section, key, value, ids));
            Set<String> methods =
                    section
                            .list(
                                    "methods",
                                    Formats.choice(OpenWebhookConfig.METHODS, Function.identity()))
                            .stream()
                            .map(Located::value)
                            .collect(Collectors.toUnmodifiableSet());
            WebhookOrigin from =
                    section.get(
                            "from", Formats.oneOf(WebhookOrigin.values()), WebhookOrigin.ANYWHERE);
            return id.map(
                    value ->
                            new OpenWebhookConfig(
                                    value,
                                    methods.isEmpty() ? OpenWebhookConfig.DEFAULT_METHODS : methods,
                                    from));
        }
    }

    private static boolean isId(Section section, String key, Secret id) {
        boolean isId = ID.matcher(id.reveal()).matches();
        if (!isId) {
            section.problem(
                    key,
                    "This is no webhook's id. Write what stands behind /api/webhook/ alone, of"
                            + " letters, digits, '-', '_', '.' and '~'.");
        }
        return isId;
    }

    private static void judge(Section section, String key, Secret id, Set<TokenHash> ids) {
        if (id.reveal().length() < GUESSABLE_BELOW) {
            section.warning(
                    key,
                    "This id is short enough to be guessed, and whoever has it calls the webhook."
                            + " Give the webhook a long random one in Home Assistant.");
        }
        if (!ids.add(TokenHash.of(id))) {
            section.problem(key, "This webhook is listed above already. Write each once.");
        }
    }
}
