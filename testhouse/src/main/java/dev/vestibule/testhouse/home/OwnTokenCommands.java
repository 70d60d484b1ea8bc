package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.testhouse.home.Commands.Who;
import dev.vestibule.testhouse.home.Schema.Kind;

import java.time.Duration;
import java.util.Optional;

/// Commands about one's own sign-ins: who am I, my tokens, signed paths. Nobody can see or end
/// those of others.
final class OwnTokenCommands {

    private static final Duration OWN_TOKEN_DELAY = Duration.ofSeconds(2);
    private static final int SIGNATURE_SECONDS = 30;
    private static final long LIFESPAN_DAYS_MAX = 2_900_000;

    private OwnTokenCommands() {}

    static void addTo(Commands commands) {
        commands.add("auth/current_user", Who.ACTIVE_USER, OwnTokenCommands::currentUser);
        commands.add("auth/refresh_tokens", Who.ACTIVE_USER, OwnTokenCommands::refreshTokens);
        commands.add(
                "auth/long_lived_access_token",
                Who.ACTIVE_USER,
                OwnTokenCommands::longLivedToken,
                Schema.required("lifespan", Kind.NUMBER),
                Schema.required("client_name"),
                Schema.optional("client_icon"));
        commands.add(
                "auth/delete_refresh_token",
                Who.ACTIVE_USER,
                OwnTokenCommands::delete,
                Schema.required("refresh_token_id"));
        commands.add(
                "auth/delete_all_refresh_tokens",
                Who.ACTIVE_USER,
                OwnTokenCommands::deleteAll,
                Schema.optional("token_type"),
                Schema.optional("delete_current_token", Kind.FLAG));
        commands.add(
                "auth/sign_path",
                Who.ACTIVE_USER,
                OwnTokenCommands::signPath,
                Schema.required("path"),
                Schema.optional("expires", Kind.NUMBER));
    }

    private static void currentUser(Call call) {
        User user = call.user();
        ObjectNode result =
                Json.object()
                        .put("id", user.id())
                        .put("name", user.name())
                        .put("is_owner", user.isOwner())
                        .put("is_admin", user.isAdmin());
        ArrayNode credentials = result.putArray("credentials");
        for (Credential _ : user.credentials()) {
            credentials
                    .addObject()
                    .put("auth_provider_type", "homeassistant")
                    .putNull("auth_provider_id");
        }
        result.putArray("mfa_modules")
                .addObject()
                .put("id", "totp")
                .put("name", "Authenticator app")
                .put("enabled", user.mfaSecrets().containsKey(MfaModule.TOTP));
        call.succeed(result);
    }

    private static void refreshTokens(Call call) {
        ArrayNode result = Json.array();
        for (RefreshToken token : call.house().tokens().of(call.user())) {
            result.add(describe(token, token == call.token()));
        }
        call.succeed(result);
    }

    private static ObjectNode describe(RefreshToken token, boolean isCurrent) {
        RefreshToken.Purpose purpose = token.purpose();
        ObjectNode json = Json.object().put("id", token.id());
        put(json, "client_id", purpose.clientId());
        put(json, "client_name", purpose.clientName());
        json.putNull("client_icon");
        json.put("type", purpose.kind().wireName())
                .put("created_at", Moments.text(token.createdAt()))
                .put("is_current", isCurrent)
                .put("last_used_at", Moments.text(token.lastUsedAt()));
        put(json, "last_used_ip", token.lastUsedAddress().orElse(""));
        put(json, "auth_provider_type", purpose.provider());
        return json;
    }

    private static void put(ObjectNode json, String name, String value) {
        json.put(name, value.isEmpty() ? null : value);
    }

    private static void longLivedToken(Call call) {
        if (Math.abs(call.message().path("lifespan").asLong()) > LIFESPAN_DAYS_MAX) {
            // The original's calendar overflows.
            call.fail("unknown_error", "Unknown error");
            return;
        }
        Optional<String> made =
                call.house()
                        .longLivedToken(
                                call.user(),
                                call.text("client_name"),
                                Duration.ofDays(call.message().path("lifespan").asLong()));
        if (made.isPresent()) {
            call.succeed(Json.text(made.get()));
        } else {
            // The name was used already; the original stumbles.
            call.fail("unknown_error", "Unknown error");
        }
    }

    private static void delete(Call call) {
        TokenStore tokens = call.house().tokens();
        Optional<RefreshToken> token =
                tokens.byId(call.text("refresh_token_id")).filter(one -> one.user() == call.user());
        if (token.isEmpty()) {
            call.fail("invalid_token_id", "Received invalid token");
            return;
        }
        tokens.remove(token.get());
        // Who deletes the token of this very socket is cut off before the answer.
        call.succeed(Json.object());
    }

    private static void deleteAll(Call call) {
        TokenStore tokens = call.house().tokens();
        RefreshToken own = call.token();
        Optional<String> type = call.optionalText("token_type");
        for (RefreshToken token : tokens.of(call.user())) {
            if (token != own && isMeant(token, type)) {
                tokens.remove(token);
            }
        }
        call.succeed(Json.object());
        if (call.optionalFlag("delete_current_token").orElse(true) && isMeant(own, type)) {
            var _ = call.socket().server().loop().later(OWN_TOKEN_DELAY, () -> tokens.remove(own));
        }
    }

    private static boolean isMeant(RefreshToken token, Optional<String> type) {
        return type.isEmpty() || type.get().equals(token.purpose().kind().wireName());
    }

    private static void signPath(Call call) {
        long seconds = call.message().path("expires").asLong(SIGNATURE_SECONDS);
        String signed =
                call.house()
                        .signer()
                        .sign(call.token().id(), call.text("path"), Duration.ofSeconds(seconds));
        call.succeed(Json.object().put("path", signed));
    }
}
