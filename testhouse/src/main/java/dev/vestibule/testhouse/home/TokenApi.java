package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/auth/token`, `/auth/revoke` and `/auth/link_user`.
final class TokenApi {

    private static final int ACCESS_SECONDS = 1800;

    private final House house;
    private final Bans bans;

    TokenApi(House house, Bans bans) {
        this.house = house;
        this.bans = bans;
    }

    void addTo(Endpoints endpoints) {
        endpoints.openToAllOrigins("POST", "/auth/token", this::token);
        endpoints.openToAllOrigins("POST", "/auth/revoke", this::revoke);
        endpoints.guarded("POST", "/auth/link_user", this::link);
    }

    private Answer token(HomeRequest request) {
        List<Map.Entry<String, String>> form = request.form();
        if (field(form, "action").equals("revoke")) {
            return revoke(request);
        }
        Answer.Whole answer =
                switch (field(form, "grant_type")) {
                    case "authorization_code" -> redeem(request, form);
                    case "refresh_token" -> refresh(request, form);
                    default -> error(400, "unsupported_grant_type", "");
                };
        if (answer.status() >= 400) {
            bans.failed(request.remote());
        }
        return answer;
    }

    private static String field(List<Map.Entry<String, String>> form, String name) {
        return Query.first(form, name).orElse("");
    }

    private static Answer.Whole error(int status, String error, String description) {
        ObjectNode json = Json.object().put("error", error);
        if (!description.isEmpty()) {
            json.put("error_description", description);
        }
        return Answer.json(status, json);
    }

    private Answer.Whole redeem(HomeRequest request, List<Map.Entry<String, String>> form) {
        String clientId = field(form, "client_id");
        if (!ClientIds.isValid(clientId)) {
            return error(400, "invalid_request", "Invalid client id");
        }
        Optional<Credential> credential = house.codes().consume(clientId, field(form, "code"));
        if (credential.isEmpty()) {
            return error(400, "invalid_request", "Invalid code");
        }
        Optional<User> user = house.users().userOf(credential.get());
        if (user.isEmpty()) {
            // The user was deleted in between, and the original stumbles.
            return Answer.broken();
        }
        Optional<String> refusal = house.refusal(user.get(), request.remote());
        if (refusal.isPresent()) {
            return error(403, "access_denied", refusal.get());
        }
        RefreshToken token =
                house.tokens().create(user.get(), RefreshToken.Purpose.signIn(clientId));
        ObjectNode json = access(request, token, token.value());
        return unstored(json.put("ha_auth_provider", "homeassistant"));
    }

    private Answer.Whole refresh(HomeRequest request, List<Map.Entry<String, String>> form) {
        Optional<String> clientId = Query.first(form, "client_id");
        if (clientId.isPresent() && !ClientIds.isValid(clientId.get())) {
            return error(400, "invalid_request", "Invalid client id");
        }
        Optional<String> value = Query.first(form, "refresh_token");
        if (value.isEmpty()) {
            return error(400, "invalid_request", "");
        }
        Optional<RefreshToken> token = house.tokens().byValue(value.get());
        if (token.isEmpty()) {
            return error(400, "invalid_grant", "");
        }
        if (!token.get().purpose().clientId().equals(clientId.orElse(""))) {
            return error(400, "invalid_request", "");
        }
        return house.refusal(token.get().user(), request.remote())
                .map(refusal -> error(403, "access_denied", refusal))
                .orElseGet(() -> unstored(access(request, token.get(), "")));
    }

    /// @param refreshToken empty where none is told: refresh tokens are not rotated
    private ObjectNode access(HomeRequest request, RefreshToken token, String refreshToken) {
        String remote = request.remote().getHostAddress();
        ObjectNode json =
                Json.object()
                        .put("access_token", house.tokens().accessToken(token, remote))
                        .put("token_type", "Bearer");
        if (!refreshToken.isEmpty()) {
            json.put("refresh_token", refreshToken);
        }
        return json.put("expires_in", ACCESS_SECONDS);
    }

    private static Answer.Whole unstored(ObjectNode json) {
        return Answer.json(200, json).with("Cache-Control", "no-store").with("Pragma", "no-cache");
    }

    /// Always content, whatever came.
    private Answer revoke(HomeRequest request) {
        Query.first(request.form(), "token")
                .flatMap(house.tokens()::byValue)
                .ifPresent(house.tokens()::remove);
        return Answer.empty(200);
    }

    private Answer link(HomeRequest request) {
        Optional<User> user = request.user();
        JsonNode json = request.json().orElse(Json.object());
        Optional<Credential> credential =
                house.codes().consume(json.path("client_id").asText(), json.path("code").asText());
        if (user.isEmpty() || credential.isEmpty()) {
            return Answer.message(400, "Invalid code");
        }
        Optional<User> linked = credential.get().user();
        if (linked.isPresent() && linked.get() != user.get()) {
            return Answer.message(400, "Credential already linked");
        }
        if (linked.isEmpty()) {
            house.users().link(user.get(), credential.get());
        }
        return Answer.message(200, "User linked");
    }
}
