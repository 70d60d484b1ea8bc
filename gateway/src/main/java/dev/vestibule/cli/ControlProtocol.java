package dev.vestibule.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.cli.ControlCommands.AccountLine;
import dev.vestibule.cli.ControlCommands.GrantLine;
import dev.vestibule.secret.Secret;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How requests and answers are written: each is one JSON object on one line, whose member
/// `command` or `answer` says which one it is. Members are texts, or lists of them; one that is
/// missing, doubled or of another kind makes the line unreadable.
final class ControlProtocol {

    /// Room for an address and a token of the greatest length, both with every character escaped.
    static final int REQUEST_BYTES_MAX = 256 * 1024;

    static final int ANSWER_BYTES_MAX = 8 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private ControlProtocol() {}

    static String write(ControlRequest request) {
        ObjectNode json = JSON.createObjectNode();
        switch (request) {
            case ControlRequest.ListAccounts() -> json.put("command", "account-list");
            case ControlRequest.Link(var account, var home, var user) ->
                    json.put("command", "account-link")
                            .put("account", account)
                            .put("home", home)
                            .put("user", user);
            case ControlRequest.Suspend(var account) ->
                    json.put("command", "account-suspend").put("account", account);
            case ControlRequest.Restore(var account) ->
                    json.put("command", "account-restore").put("account", account);
            case ControlRequest.Remove(var account) ->
                    json.put("command", "account-remove").put("account", account);
            case ControlRequest.SignOut(var account) ->
                    json.put("command", "account-sign-out").put("account", account);
            case ControlRequest.ListGrants() -> json.put("command", "grant-list");
            case ControlRequest.Approve(var grant) ->
                    json.put("command", "grant-approve").put("grant", grant);
            case ControlRequest.Revoke(var grant) ->
                    json.put("command", "grant-revoke").put("grant", grant);
            case ControlRequest.FindAudit about -> AuditProtocol.write(json, about);
            case ControlRequest.OfExplain about -> ExplainProtocol.write(json, about);
            case ControlRequest.OfScimClient about -> ScimClientProtocol.write(json, about);
            case ControlRequest.OfKiosk about -> KioskProtocol.write(json, about);
            case ControlRequest.OfDeprovisioning about -> DeprovisioningProtocol.write(json, about);
            case ControlRequest.OfEmergency about -> EmergencyProtocol.write(json, about);
            case ControlRequest.OfLeaving about -> LeaveProtocol.write(json, about);
        }
        return json.toString();
    }

    static Optional<ControlRequest> readRequest(String line) {
        return tree(line).flatMap(ControlProtocol::request);
    }

    private static Optional<ControlRequest> request(JsonNode json) {
        return switch (json.path("command").asText("")) {
            case "account-list" -> Optional.of(new ControlRequest.ListAccounts());
            case "account-link" -> link(json);
            case "account-suspend" -> text(json, "account").map(ControlRequest.Suspend::new);
            case "account-restore" -> text(json, "account").map(ControlRequest.Restore::new);
            case "account-remove" -> text(json, "account").map(ControlRequest.Remove::new);
            case "account-sign-out" -> text(json, "account").map(ControlRequest.SignOut::new);
            case "grant-list" -> Optional.of(new ControlRequest.ListGrants());
            case "grant-approve" -> text(json, "grant").map(ControlRequest.Approve::new);
            case "grant-revoke" -> text(json, "grant").map(ControlRequest.Revoke::new);
            default ->
                    ScimClientProtocol.read(json)
                            .or(() -> DeprovisioningProtocol.read(json))
                            .or(() -> KioskProtocol.read(json))
                            .or(() -> AuditProtocol.read(json))
                            .or(() -> ExplainProtocol.read(json))
                            .or(() -> EmergencyProtocol.read(json))
                            .or(() -> LeaveProtocol.read(json));
        };
    }

    private static Optional<ControlRequest> link(JsonNode json) {
        Optional<String> account = text(json, "account");
        Optional<String> home = text(json, "home");
        Optional<String> user = text(json, "user");
        return account.isPresent() && home.isPresent() && user.isPresent()
                ? Optional.of(new ControlRequest.Link(account.get(), home.get(), user.get()))
                : Optional.empty();
    }

    static String write(ControlAnswer answer) {
        ObjectNode json = JSON.createObjectNode();
        switch (answer) {
            case ControlAnswer.Accounts(var lines) -> writeAccounts(json, lines);
            case ControlAnswer.Grants(var lines) -> writeGrants(json, lines);
            case ControlAnswer.ScimClients(var lines) -> ScimClientProtocol.write(json, lines);
            case ControlAnswer.KioskKeys(var lines) -> KioskProtocol.write(json, lines);
            case ControlAnswer.Holds(var lines) -> DeprovisioningProtocol.write(json, lines);
            case ControlAnswer.Audit(var page) -> AuditProtocol.write(json, page);
            case ControlAnswer.Explained(var explanation) ->
                    ExplainProtocol.write(json, explanation);
            case ControlAnswer.Leaving(var report) -> LeaveProtocol.write(json, report);
            case ControlAnswer.NewToken(var token, var sentence) ->
                    json.put("answer", "new-token")
                            .put("token", token.reveal())
                            .put("sentence", sentence);
            case ControlAnswer.Done(var sentence) ->
                    json.put("answer", "done").put("sentence", sentence);
            case ControlAnswer.Refused(var sentence) ->
                    json.put("answer", "refused").put("sentence", sentence);
        }
        return json.toString();
    }

    private static void writeAccounts(ObjectNode json, List<AccountLine> lines) {
        ArrayNode array = json.put("answer", "accounts").putArray("lines");
        for (AccountLine line : lines) {
            ObjectNode account =
                    array.addObject()
                            .put("id", line.id())
                            .put("username", line.username())
                            .put("display-name", line.displayName())
                            .put("state", line.state())
                            .put("last-seen", line.lastSeen())
                            .put("vouched-for", line.vouchedFor());
            line.roles().forEach(account.putArray("roles")::add);
            line.homeAssistant().forEach(account.putArray("home-assistant")::add);
        }
    }

    private static void writeGrants(ObjectNode json, List<GrantLine> lines) {
        ArrayNode array = json.put("answer", "grants").putArray("lines");
        for (GrantLine line : lines) {
            array.addObject()
                    .put("id", line.id())
                    .put("home", line.home())
                    .put("kind", line.kind())
                    .put("account", line.account())
                    .put("name", line.name())
                    .put("state", line.state())
                    .put("created", line.created())
                    .put("last-used", line.lastUsed())
                    .put("expires", line.expires());
        }
    }

    /// Reads what our own gateway wrote: a member that is missing is empty.
    static Optional<ControlAnswer> readAnswer(String line) {
        return tree(line).flatMap(ControlProtocol::answer);
    }

    private static Optional<ControlAnswer> answer(JsonNode json) {
        return switch (json.path("answer").asText("")) {
            case "accounts" ->
                    Optional.of(new ControlAnswer.Accounts(lines(json, ControlProtocol::account)));
            case "grants" ->
                    Optional.of(new ControlAnswer.Grants(lines(json, ControlProtocol::grant)));
            case "scim-clients" ->
                    Optional.of(
                            new ControlAnswer.ScimClients(lines(json, ScimClientProtocol::line)));
            case "kiosk-keys" ->
                    Optional.of(new ControlAnswer.KioskKeys(lines(json, KioskProtocol::line)));
            case "holds" ->
                    Optional.of(new ControlAnswer.Holds(lines(json, DeprovisioningProtocol::line)));
            case "audit" -> Optional.of(new ControlAnswer.Audit(AuditProtocol.page(json)));
            case "explanation" ->
                    Optional.of(new ControlAnswer.Explained(ExplainProtocol.explanation(json)));
            case "leaving" -> Optional.of(new ControlAnswer.Leaving(LeaveProtocol.report(json)));
            case "new-token" -> newToken(json);
            case "done" -> text(json, "sentence").map(ControlAnswer.Done::new);
            case "refused" -> text(json, "sentence").map(ControlAnswer.Refused::new);
            default -> Optional.empty();
        };
    }

    private static <T> List<T> lines(JsonNode json, Function<JsonNode, T> line) {
        return json.path("lines").valueStream().map(line).toList();
    }

    private static Optional<ControlAnswer> newToken(JsonNode json) {
        return text(json, "token")
                .flatMap(
                        token ->
                                text(json, "sentence")
                                        .map(
                                                sentence ->
                                                        new ControlAnswer.NewToken(
                                                                new Secret(token), sentence)));
    }

    private static AccountLine account(JsonNode line) {
        return new AccountLine(
                line.path("id").asText(""),
                line.path("username").asText(""),
                line.path("display-name").asText(""),
                line.path("state").asText(""),
                texts(line.path("roles")),
                line.path("last-seen").asText(""),
                line.path("vouched-for").asText(""),
                texts(line.path("home-assistant")));
    }

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }

    private static GrantLine grant(JsonNode line) {
        return new GrantLine(
                line.path("id").asText(""),
                line.path("home").asText(""),
                line.path("kind").asText(""),
                line.path("account").asText(""),
                line.path("name").asText(""),
                line.path("state").asText(""),
                line.path("created").asText(""),
                line.path("last-used").asText(""),
                line.path("expires").asText(""));
    }

    private static Optional<JsonNode> tree(String line) {
        try {
            return Optional.ofNullable(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonNode json, String name) {
        return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }
}
