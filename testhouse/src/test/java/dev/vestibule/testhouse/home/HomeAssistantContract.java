package dev.vestibule.testhouse.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The facts about Home Assistant on which a gateway may build. Each subclass names a house; the
/// facts are the same on the scripted one and on a real one, save where the release decides.
///
/// It makes users whose names begin with `contract-`, and deletes them again.
abstract class HomeAssistantContract {

    /// A house with an administrator.
    ///
    /// @param leaving what is done after the last question
    record Target(URI url, String administratorToken, Runnable leaving) {}

    private static final String PASSWORD = "contract-password";

    private final List<String> madeUsers = new ArrayList<>();
    private final Target target;
    private final Visitor visitor;
    private final Socket administrator;

    HomeAssistantContract(Target target) {
        this.target = target;
        this.visitor = new Visitor(target.url());
        this.administrator = visitor.socketOf(target.administratorToken());
    }

    /// A sign-in that happened just now.
    private record Person(String id, String username) {}

    @BeforeEach
    void knowsWhomItAsks() {
        assertThat(currentUser(administrator).path("is_admin").asBoolean()).isTrue();
    }

    @AfterEach
    void tidyUp() {
        for (String id : madeUsers) {
            var _ = administrator.call("config/auth/delete", Json.object().put("user_id", id));
        }
        administrator.close();
        visitor.close();
        target.leaving().run();
    }

    private HomeVersion version() {
        try (var socket = visitor.socket()) {
            return HomeVersion.parse(socket.next().path("ha_version").asText());
        }
    }

    private static JsonNode currentUser(Socket socket) {
        return socket.result("auth/current_user", Json.object());
    }

    private Person person() {
        return person("system-users");
    }

    private Person person(String group) {
        String username = "contract-" + Ids.id();
        String id = userWithoutCredential(username, group);
        addCredential(id, username);
        return new Person(id, username);
    }

    private String userWithoutCredential(String name, String group) {
        ObjectNode create = Json.object().put("name", name);
        create.putArray("group_ids").add(group);
        String id =
                administrator.result("config/auth/create", create).path("user").path("id").asText();
        madeUsers.add(id);
        return id;
    }

    private void addCredential(String userId, String username) {
        var _ =
                administrator.result(
                        "config/auth_provider/homeassistant/create",
                        Json.object()
                                .put("user_id", userId)
                                .put("username", username)
                                .put("password", PASSWORD));
    }

    private Tokens tokensOf(Person person) {
        return visitor.tokens(person.username(), PASSWORD);
    }

    private JsonNode update(String userId, ObjectNode change) {
        return administrator.result("config/auth/update", change.put("user_id", userId));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return Visitor.json(response);
    }

    @Test
    void aUserAndThenACredentialMakeAPersonWhoSignsInAsThatUser() {
        Person person = person();

        try (var socket = visitor.socketOf(tokensOf(person).accessToken())) {
            JsonNode user = currentUser(socket);

            assertThat(user.path("id").asText()).isEqualTo(person.id());
            assertThat(user.path("is_admin").asBoolean()).isFalse();
        }
    }

    @Test
    void aSecondCredentialOpensTheSameUserAndLeavesTheFirstAsItWas() {
        Person person = person();
        String hidden = "contract-hidden-" + Ids.id();

        addCredential(person.id(), hidden);

        try (var socket = visitor.socketOf(visitor.tokens(hidden, PASSWORD).accessToken())) {
            assertThat(currentUser(socket).path("id").asText()).isEqualTo(person.id());
        }
        assertThat(visitor.redeem(visitor.code(person.username(), PASSWORD)).statusCode())
                .isEqualTo(200);
        JsonNode listed =
                administrator
                        .result("config/auth/list", Json.object())
                        .valueStream()
                        .filter(user -> user.path("id").asText().equals(person.id()))
                        .findFirst()
                        .orElseThrow();
        assertThat(listed.path("username").asText()).isEqualTo(person.username());
        assertThat(listed.path("credentials")).hasSize(2);
    }

    @Test
    void aUserNameCannotBeGivenTwice() {
        Person person = person();

        JsonNode error =
                administrator
                        .call(
                                "config/auth_provider/homeassistant/create",
                                Json.object()
                                        .put("user_id", person.id())
                                        .put("username", person.username())
                                        .put("password", PASSWORD))
                        .path("error");

        assertThat(List.of(error.path("code").asText(), error.path("translation_key").asText()))
                .containsAnyOf("username_exists", "username_already_exists");
    }

    @Test
    void aWrongPasswordIsAnsweredWith200AndAFormThatSaysInvalidAuth() {
        Person person = person();

        var answer = visitor.signIn(person.username(), "wrong");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("type").asText()).isEqualTo("form");
        assertThat(json(answer).path("errors").path("base").asText()).isEqualTo("invalid_auth");
    }

    @Test
    void aLoginFlowMayBeTriedAgainAfterAWrongPassword() {
        Person person = person();
        String flow = visitor.beginFlow(visitor.clientId());
        var _ = visitor.step(flow, person.username(), "wrong");

        var answer = visitor.step(flow, person.username(), PASSWORD);

        assertThat(json(answer).path("type").asText()).isEqualTo("create_entry");
        assertThat(visitor.step(flow, person.username(), PASSWORD).statusCode()).isEqualTo(404);
    }

    @Test
    void aLoginFlowTakesNoUnknownMembers() {
        ObjectNode begin =
                Json.object()
                        .put("client_id", visitor.clientId())
                        .put("redirect_uri", visitor.clientId())
                        .put("foo", 1);
        begin.set("handler", LoginFlows.handler());

        var answer = visitor.post("/auth/login_flow", begin);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("message").asText()).contains("extra keys not allowed");
    }

    @Test
    void aForeignRedirectAddressIsRefusedOnlyAfterThePassword() {
        Person person = person();
        String flow = visitor.beginFlow("http://evil.example/");

        var wrong = visitor.step(flow, person.username(), "wrong");
        var right = visitor.step(flow, person.username(), PASSWORD);

        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(right.statusCode()).isEqualTo(403);
        assertThat(json(right).path("message").asText()).isEqualTo("Invalid redirect URI");
    }

    @Test
    void aCodeWorksOnceAndOnlyForItsClient() {
        Person person = person();
        String code = visitor.code(person.username(), PASSWORD);
        var stolen =
                visitor.postForm(
                        "/auth/token",
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", "https://other.example/",
                                "code", code));

        var first = visitor.redeem(code);
        var second = visitor.redeem(code);

        assertThat(stolen.statusCode()).isEqualTo(400);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(json(second).path("error_description").asText()).isEqualTo("Invalid code");
    }

    @Test
    void tokensMayBeAskedForAsMultipart() {
        Person person = person();

        var answer =
                visitor.postMultipart(
                        "/auth/token",
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", visitor.clientId(),
                                "code", visitor.code(person.username(), PASSWORD)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("expires_in").asInt()).isEqualTo(1800);
    }

    @Test
    void aRefreshTokenIsNotRotatedAndBelongsToItsClient() {
        Tokens tokens = tokensOf(person());

        var answer = visitor.refresh(tokens);
        var again = visitor.refresh(tokens);
        var other =
                visitor.postForm(
                        "/auth/token",
                        Map.of(
                                "grant_type", "refresh_token",
                                "client_id", "https://other.example/",
                                "refresh_token", tokens.refreshToken()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).has("refresh_token")).isFalse();
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(json(other).path("error").asText()).isEqualTo("invalid_request");
    }

    @Test
    void anUnknownRefreshTokenIsAnInvalidGrant() {
        var answer = visitor.refresh(new Tokens("", "nonesuch", ""));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void anAccessTokenNamesItsRefreshTokenAndLivesThirtyMinutes() {
        Tokens tokens = tokensOf(person());

        JsonNode claims = Jwt.read(tokens.accessToken()).orElseThrow();

        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(1800);
        try (var socket = visitor.socketOf(tokens.accessToken())) {
            assertThat(socket.result("auth/refresh_tokens", Json.object()).findValuesAsText("id"))
                    .contains(tokens.refreshTokenId());
        }
    }

    @Test
    void revokingEndsTheTokenAndItsSocketsAndNothingElse() {
        Person person = person();
        Tokens revoked = tokensOf(person);
        Tokens other = tokensOf(person);
        try (var socket = visitor.socketOf(revoked.accessToken());
                var otherSocket = visitor.socketOf(other.accessToken())) {

            var answer = visitor.postForm("/auth/revoke", Map.of("token", revoked.refreshToken()));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(socket.closeCode()).isEqualTo(1000);
            assertThat(otherSocket.isAlive()).isTrue();
            assertThat(visitor.statusWith(revoked.accessToken())).isEqualTo(401);
            assertThat(visitor.statusWith(other.accessToken())).isEqualTo(200);
            assertThat(visitor.refresh(revoked).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void revokingIsAlwaysContent() {
        assertThat(visitor.postForm("/auth/revoke", Map.of("token", "nonesuch")).statusCode())
                .isEqualTo(200);
        assertThat(visitor.postForm("/auth/revoke", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void aDeactivatedUserIsRefusedByEverythingThatAsksAnew() {
        Person person = person();
        Tokens tokens = tokensOf(person);

        var _ = update(person.id(), Json.object().put("is_active", false));

        assertThat(visitor.statusWith(tokens.accessToken())).isEqualTo(401);
        var signIn = visitor.signIn(person.username(), PASSWORD);
        assertThat(signIn.statusCode()).isEqualTo(403);
        assertThat(json(signIn).path("message").asText())
                .isEqualTo("Login blocked: User is not active");
        var refresh = visitor.refresh(tokens);
        if (version().deactivationRemovesTokens()) {
            assertThat(json(refresh).path("error").asText()).isEqualTo("invalid_grant");
        } else {
            assertThat(refresh.statusCode()).isEqualTo(403);
            assertThat(json(refresh).path("error").asText()).isEqualTo("access_denied");
        }
    }

    @Test
    void deactivationClosesSocketsOnlyInNewerReleases() {
        Person person = person();
        try (var socket = visitor.socketOf(tokensOf(person).accessToken())) {

            var _ = update(person.id(), Json.object().put("is_active", false));

            if (version().deactivationRemovesTokens()) {
                assertThat(socket.closeCode()).isEqualTo(1000);
            } else {
                assertThat(socket.isAlive()).isTrue();
                assertThat(socket.failure("auth/current_user", Json.object()))
                        .isEqualTo("only_active_user");
            }
        }
    }

    @Test
    void reactivationRevivesOldTokensOnlyInOlderReleases() {
        Person person = person();
        Tokens tokens = tokensOf(person);
        var _ = update(person.id(), Json.object().put("is_active", false));

        var _ = update(person.id(), Json.object().put("is_active", true));

        assertThat(visitor.refresh(tokens).statusCode())
                .isEqualTo(version().deactivationRemovesTokens() ? 400 : 200);
    }

    @Test
    void aPersonCanEndAllTheirTokensAtOnce() {
        Person person = person();
        Tokens phone = tokensOf(person);
        try (var phoneSocket = visitor.socketOf(phone.accessToken());
                var socket = visitor.socketOf(tokensOf(person).accessToken())) {

            var _ = socket.result("auth/delete_all_refresh_tokens", Json.object());

            assertThat(phoneSocket.closeCode()).isEqualTo(1000);
            assertThat(socket.closeCode()).isEqualTo(1000);
            assertThat(visitor.statusWith(phone.accessToken())).isEqualTo(401);
        }
    }

    /// What somebody has who uses the house: a phone, a script, a link that they gave away, and
    /// what is open.
    private record Belongings(
            Tokens phone, String script, List<String> links, List<Socket> open, String code) {

        void close() {
            open.forEach(Socket::close);
        }
    }

    private Belongings belongingsOf(Person person) {
        Tokens phone = tokensOf(person);
        Socket phones = visitor.socketOf(phone.accessToken());
        String script =
                phones.result(
                                "auth/long_lived_access_token",
                                Json.object().put("client_name", "script").put("lifespan", 1))
                        .asText();
        Socket scripts = visitor.socketOf(script);
        List<String> links = List.of(link(phones), link(scripts));
        assertThat(visitor.statusWith(script)).isEqualTo(200);
        assertThat(links)
                .allSatisfy(link -> assertThat(visitor.get(link).statusCode()).isEqualTo(200));
        return new Belongings(
                phone,
                script,
                links,
                List.of(phones, scripts),
                visitor.code(person.username(), PASSWORD));
    }

    private static String link(Socket socket) {
        return socket.result(
                        "auth/sign_path",
                        Json.object().put("path", "/api/config").put("expires", 600))
                .path("path")
                .asText();
    }

    /// As a gateway does it: first as the person, by a sign-in that it makes for the purpose, and
    /// then as the administrator.
    private void shutOut(Person person) {
        Tokens acting = tokensOf(person);
        try (var socket = visitor.socketOf(acting.accessToken())) {
            var _ = socket.result("auth/delete_all_refresh_tokens", Json.object());
        }
        var _ = visitor.postForm("/auth/revoke", Map.of("token", acting.refreshToken()));
        var _ = update(person.id(), Json.object().put("is_active", false));
        assertThat(visitor.statusWith(acting.accessToken())).isEqualTo(401);
        assertThat(visitor.refresh(acting).statusCode()).isEqualTo(400);
    }

    private void assertDead(Belongings old) {
        assertThat(visitor.statusWith(old.phone().accessToken())).isEqualTo(401);
        assertThat(visitor.refresh(old.phone()).statusCode()).isEqualTo(400);
        assertThat(visitor.statusWith(old.script())).isEqualTo(401);
        assertThat(old.links())
                .allSatisfy(link -> assertThat(visitor.get(link).statusCode()).isEqualTo(401));
        for (String token : List.of(old.phone().accessToken(), old.script())) {
            try (var socket = visitor.socket()) {
                assertThat(socket.tryAuthenticate(token).path("type").asText())
                        .isEqualTo("auth_invalid");
            }
        }
    }

    @Test
    void whoeverIsShutOutIsRefusedWithEverythingThatTheyHad() {
        Person person = person();
        Belongings old = belongingsOf(person);

        shutOut(person);

        assertThat(old.open()).allSatisfy(socket -> assertThat(socket.closeCode()).isEqualTo(1000));
        assertDead(old);
        assertThat(visitor.redeem(old.code()).statusCode()).isEqualTo(403);
        assertThat(visitor.signIn(person.username(), PASSWORD).statusCode()).isEqualTo(403);
        old.close();
    }

    @Test
    void nothingOfBeforeRevivesWhenWhoeverWasShutOutIsActivated() {
        Person person = person();
        Belongings old = belongingsOf(person);
        shutOut(person);

        var _ = update(person.id(), Json.object().put("is_active", true));

        assertDead(old);
        assertThat(visitor.statusWith(tokensOf(person).accessToken())).isEqualTo(200);
        old.close();
    }

    @Test
    void aDeletedCredentialLeavesTokensAndSocketsAlive() {
        Person person = person();
        Tokens tokens = tokensOf(person);
        try (var socket = visitor.socketOf(tokens.accessToken())) {

            var _ =
                    administrator.result(
                            "config/auth_provider/homeassistant/delete",
                            Json.object().put("username", person.username()));

            assertThat(socket.isAlive()).isTrue();
            assertThat(visitor.refresh(tokens).statusCode()).isEqualTo(200);
            assertThat(
                            json(visitor.signIn(person.username(), PASSWORD))
                                    .path("errors")
                                    .path("base")
                                    .asText())
                    .isEqualTo("invalid_auth");
        }
    }

    @Test
    void aGroupChangeTakesEffectOnAnOpenSocket() {
        Person person = person("system-admin");
        try (var socket = visitor.socketOf(tokensOf(person).accessToken())) {
            assertThat(socket.failure("config/auth/list", Json.object())).isEmpty();
            ObjectNode change = Json.object();
            change.putArray("group_ids").add("system-users");

            var _ = update(person.id(), change);

            assertThat(socket.failure("config/auth/list", Json.object())).isEqualTo("unauthorized");
        }
    }

    @Test
    void theOwnerCannotBeDeactivatedAndNobodyDeletesThemselves() {
        String owner =
                administrator
                        .result("config/auth/list", Json.object())
                        .valueStream()
                        .filter(user -> user.path("is_owner").asBoolean())
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asText();
        String own = currentUser(administrator).path("id").asText();

        assertThat(
                        administrator.failure(
                                "config/auth/update",
                                Json.object().put("user_id", owner).put("is_active", false)))
                .isEqualTo("cannot_deactivate_owner");
        assertThat(administrator.failure("config/auth/delete", Json.object().put("user_id", own)))
                .isEqualTo("no_delete_self");
    }

    @Test
    void commandsAreReadStrictly() {
        ObjectNode extra = Json.object().put("user_id", "nonesuch").put("is_owner", true);

        assertThat(administrator.failure("config/auth/nonesuch", Json.object()))
                .isEqualTo("unknown_command");
        assertThat(administrator.failure("config/auth/update", extra)).isEqualTo("invalid_format");
        assertThat(
                        administrator.failure(
                                "config/auth/delete", Json.object().put("user_id", "nonesuch")))
                .isEqualTo("not_found");
    }

    @Test
    void idsMustIncrease() {
        var _ = administrator.call("ping");
        administrator.send("{\"id\": 1, \"type\": \"ping\"}");

        assertThat(administrator.next().path("error").path("code").asText()).isEqualTo("id_reuse");
    }

    @Test
    void aBadTokenIsToldAuthInvalidAndTheSocketEndsInOrder() {
        try (var socket = visitor.socket()) {
            JsonNode answer = socket.tryAuthenticate("bad");

            assertThat(answer.path("type").asText()).isEqualTo("auth_invalid");
            assertThat(socket.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void whatIsNoJsonEndsTheSocketWithoutAWord() {
        try (var socket = visitor.socket()) {
            assertThat(socket.next().path("type").asText()).isEqualTo("auth_required");

            socket.send("hello");

            assertThat(socket.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void anOrdinaryUserMayNotManageUsers() {
        try (var socket = visitor.socketOf(tokensOf(person()).accessToken())) {
            assertThat(socket.failure("config/auth/list", Json.object())).isEqualTo("unauthorized");
            assertThat(
                            socket.failure(
                                    "config/auth/create", Json.object().put("name", "contract-x")))
                    .isEqualTo("unauthorized");
            assertThat(
                            socket.failure(
                                    "subscribe_events",
                                    Json.object().put("event_type", "user_updated")))
                    .isEqualTo("unauthorized");
        }
    }

    @Test
    void aSignedPathOpensExactlyOneAddress() {
        Tokens tokens = tokensOf(person());
        try (var socket = visitor.socketOf(tokens.accessToken())) {
            String signed =
                    socket.result(
                                    "auth/sign_path",
                                    Json.object().put("path", "/api/config").put("expires", 60))
                            .path("path")
                            .asText();

            assertThat(visitor.get(signed).statusCode()).isEqualTo(200);
            assertThat(visitor.get(signed + "&width=10&height=20").statusCode()).isEqualTo(200);
            assertThat(visitor.get(signed + "&foo=1").statusCode()).isEqualTo(401);
            assertThat(visitor.get(signed.replace("/config", "/states")).statusCode())
                    .isEqualTo(401);
            assertThat(visitor.post(signed, Json.object()).statusCode()).isIn(401, 405);
            var _ = visitor.postForm("/auth/revoke", Map.of("token", tokens.refreshToken()));
            assertThat(visitor.get(signed).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void bearersAreReadStrictly() {
        String token = target.administratorToken();

        assertThat(visitor.statusWith(token)).isEqualTo(200);
        assertThat(visitor.get("/api/").statusCode()).isEqualTo(401);
        assertThat(visitor.get("/api/", "Authorization", "bearer " + token).statusCode())
                .isEqualTo(401);
        assertThat(visitor.get("/api/?access_token=" + token).statusCode()).isEqualTo(401);
        assertThat(visitor.get("/api/", "Cookie", "access_token=" + token).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aLongLivedTokenNeedsAName() {
        Person person = person();
        ObjectNode ask = Json.object().put("client_name", "contract").put("lifespan", 1);
        try (var socket = visitor.socketOf(tokensOf(person).accessToken())) {

            String token = socket.result("auth/long_lived_access_token", ask).asText();

            assertThat(visitor.statusWith(token)).isEqualTo(200);
            assertThat(socket.call("auth/long_lived_access_token", ask).path("success").asBoolean())
                    .isFalse();
        }
    }

    @Test
    void aPersonEndsALongLivedTokenByTheIdThatIsWrittenInIt() {
        Person person = person();
        ObjectNode ask = Json.object().put("client_name", "contract").put("lifespan", 1);
        try (var socket = visitor.socketOf(tokensOf(person).accessToken())) {
            String token = socket.result("auth/long_lived_access_token", ask).asText();
            String id = Jwt.read(token).orElseThrow().path("iss").asText();
            try (var script = visitor.socketOf(token)) {

                var _ =
                        socket.result(
                                "auth/delete_refresh_token",
                                Json.object().put("refresh_token_id", id));

                assertThat(script.closeCode()).isEqualTo(1000);
                assertThat(visitor.statusWith(token)).isEqualTo(401);
            }
        }
    }

    @Test
    void aPersonEndsNoTokenOfSomebodyElse() {
        String others = Jwt.read(target.administratorToken()).orElseThrow().path("iss").asText();
        try (var socket = visitor.socketOf(tokensOf(person()).accessToken())) {

            JsonNode answer =
                    socket.call(
                            "auth/delete_refresh_token",
                            Json.object().put("refresh_token_id", others));

            assertThat(answer.path("error").path("code").asText()).isEqualTo("invalid_token_id");
            assertThat(visitor.statusWith(target.administratorToken())).isEqualTo(200);
        }
    }

    @Test
    void whoeverEndsTheTokenOfTheirOwnSocketIsCutOff() {
        String token = tokensOf(person()).accessToken();
        String id = Jwt.read(token).orElseThrow().path("iss").asText();
        try (var socket = visitor.socketOf(token)) {

            socket.begin("auth/delete_refresh_token", Json.object().put("refresh_token_id", id));

            assertThat(socket.closeCode()).isEqualTo(1000);
            assertThat(visitor.statusWith(token)).isEqualTo(401);
        }
    }

    @Test
    void anUnknownWebhookIsAnsweredWithAnEmpty200() {
        var answer = visitor.post("/api/webhook/nonesuch", Json.object());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void preflightsForTokensAreAnsweredToEveryOrigin() {
        var answer =
                visitor.send(
                        visitor.request(
                                        "/auth/token",
                                        "Origin",
                                        "https://other.example",
                                        "Access-Control-Request-Method",
                                        "POST")
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://other.example");
    }

    @Test
    void anAdministratorHearsOfUsersWhoChange() {
        try (var listener = visitor.socketOf(target.administratorToken())) {
            ObjectNode added = Json.object().put("event_type", "user_added");
            int id = listener.begin("subscribe_events", added);
            assertThat(listener.next().path("success").asBoolean()).isTrue();

            String user = userWithoutCredential("contract-" + Ids.id(), "system-users");

            JsonNode message = listener.next();
            assertThat(message.path("id").asInt()).isEqualTo(id);
            assertThat(message.path("event").path("data").path("user_id").asText()).isEqualTo(user);
        }
    }

    /// Takes its time; a subclass chooses to run it.
    void anUnauthenticatedSocketIsClosedAfterTenSeconds() {
        long begun = System.nanoTime();
        try (var socket = visitor.socket()) {

            assertThat(socket.closeCode()).isEqualTo(1000);

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(30));
        }
    }
}
