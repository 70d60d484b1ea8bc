package dev.vestibule;

import dev.vestibule.testhouse.home.RecordedRequest;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.openid.ProviderRequest;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What nobody but its owner may know, by what it is, gathered from what went to and fro. One of a
/// test's thread.
final class Harvest {

    /// Names of values that open something, in forms, queries and JSON, on any of the wires.
    private static final Set<String> NAMES =
            Set.of(
                    "state",
                    "nonce",
                    "code",
                    "code_verifier",
                    "refresh_token",
                    "access_token",
                    "id_token",
                    "token",
                    "password",
                    "webhook_id",
                    "authSig",
                    "client_secret",
                    "choice",
                    "question",
                    "challenge",
                    "signature");

    private static final Pattern NAMED =
            Pattern.compile("\"?\\b([A-Za-z_]+)\"?(?:=|\\s*:\\s*)\"?([A-Za-z0-9._~%+/-]{6,}=*)");
    private static final Pattern WEBHOOK = Pattern.compile("/api/webhook/([0-9a-zA-Z_-]{16,})");
    private static final String BEARER = "Bearer ";
    private static final int SHORT_MAX = 16;

    private final Map<String, Set<String>> found = new TreeMap<>();

    /// @param what it is
    /// @return the same
    String add(String what, String secret) {
        if (secret.length() >= 6) {
            found.computeIfAbsent(what, _ -> new TreeSet<>()).add(secret);
        }
        return secret;
    }

    /// The values of a line of cookies.
    void cookies(String line) {
        for (String cookie : line.split("; ", -1)) {
            add("cookie", cookie.substring(cookie.indexOf('=') + 1));
        }
    }

    /// All that has a name which says that it is a secret.
    void text(String text) {
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            if (NAMES.contains(named.group(1))) {
                add(named.group(1), named.group(2));
                add(
                        named.group(1),
                        URLDecoder.decode(
                                named.group(2).replaceAll("%(?![0-9A-Fa-f]{2})", ""),
                                StandardCharsets.UTF_8));
            }
        }
        Matcher webhook = WEBHOOK.matcher(text);
        while (webhook.find()) {
            add("webhook_id", webhook.group(1));
        }
    }

    private void authorization(String header) {
        add(
                "authorization",
                header.startsWith(BEARER) ? header.substring(BEARER.length()) : header);
    }

    /// What the gateway sent to the provider.
    void provider(ScriptedOpenIdProvider provider) {
        for (ProviderRequest request : provider.requests()) {
            request.parameters()
                    .forEach(
                            (name, values) -> {
                                if (NAMES.contains(name)) {
                                    values.forEach(value -> add(name, value));
                                }
                            });
            request.header("authorization").ifPresent(this::authorization);
        }
    }

    /// What came to Home Assistant.
    void home(ScriptedHomeAssistant home) {
        for (RecordedRequest request : home.record().requests()) {
            text(request.target());
            text(request.bodyStart());
            request.headers("authorization").forEach(this::authorization);
            request.headers("cookie").forEach(this::cookies);
        }
        home.record().socketMessages().forEach(this::text);
    }

    Set<String> kinds() {
        return found.keySet();
    }

    /// What of it stands in a text, with what it is. A short one counts as a word of its own only,
    /// because six digits are in many an id.
    List<String> in(String text) {
        return found.entrySet().stream()
                .flatMap(
                        kind ->
                                kind.getValue().stream()
                                        .filter(secret -> contains(text, secret))
                                        .map(secret -> kind.getKey() + " " + secret))
                .toList();
    }

    private static boolean contains(String text, String secret) {
        return secret.length() >= SHORT_MAX
                ? text.contains(secret)
                : Pattern.compile("(?<![0-9A-Za-z])" + Pattern.quote(secret) + "(?![0-9A-Za-z])")
                        .matcher(text)
                        .find();
    }
}
