package dev.vestibule.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SplittableRandom;

/// Makes documents, filters and operations by the grammar of RFC 7644, the same ones for the same
/// seed. Words come from small pools, so that filters hit something and operations meet each other.
public final class ScimGrammar {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String EXTENSION = Schemas.ENTERPRISE_USER;

    private static final List<String> WORDS =
            List.of("ada", "Ada", "bob", "b", "work", "WORK", "home", "a\"b", "\\", "é", "", "7");
    private static final List<String> PLAIN_WORDS = List.of("ada", "bob", "b", "work", "home", "7");
    private static final List<String> TEXTS =
            List.of(
                    "userName",
                    "externalId",
                    "displayName",
                    "title",
                    "nickName",
                    "name.givenName",
                    "name.familyName",
                    "emails.value",
                    "emails.type",
                    "emails",
                    "pets",
                    "shoes.colour",
                    "unheardOf",
                    EXTENSION + ":employeeNumber");
    private static final List<String> PLAIN_TEXTS =
            List.of(
                    "userName",
                    "externalId",
                    "displayName",
                    "title",
                    "name.givenName",
                    "name.familyName",
                    "emails.value",
                    "emails.type",
                    "emails",
                    "pets",
                    "shoes.colour");
    private static final List<String> PARTS = List.of("value", "type", "display");
    private static final List<String> ORDERED =
            List.of("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le");
    private static final List<String> TIMES =
            List.of("2026-11-24T10:00:00Z", "2026-11-24T11:00:00+01:00", "2025-01-01T00:00:00Z");
    private static final List<String> PLAIN_TIMES =
            List.of("2026-11-24T10:00:00Z", "2026-11-24T10:00:01Z", "2025-01-01T00:00:00Z");
    private static final String SIGNS =
            "()[]\"\\.:,$-_ \t\n\u0000\u00a0\u2028aeqnorpt09{}'%\ud83d\ude00\ud800";

    private final SplittableRandom random;
    private final boolean isPlain;
    private final List<String> words;

    public ScimGrammar(long seed) {
        this(seed, false);
    }

    private ScimGrammar(long seed, boolean isPlain) {
        this.random = new SplittableRandom(seed);
        this.isPlain = isPlain;
        this.words = isPlain ? PLAIN_WORDS : WORDS;
    }

    /// With words that everybody compares in the same way, short and in lower case, and members
    /// that are known by their ids alone.
    public static ScimGrammar plain(long seed) {
        return new ScimGrammar(seed, true);
    }

    // Filters.

    public String filter() {
        return filter(random.nextInt(4));
    }

    private String filter(int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(8)) {
            case 1, 2 -> filter(depth - 1) + " and " + filter(depth - 1);
            case 3 -> filter(depth - 1) + " or " + filter(depth - 1);
            case 4 -> (isPlain ? "not(" : "not (") + filter(depth - 1) + ")";
            case 5 -> "(" + filter(depth - 1) + ")";
            case 6 -> "emails[" + element(depth - 1) + "]";
            default -> comparison();
        };
    }

    /// What an element of `emails` may fulfil.
    private String element(int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 1 -> element(depth - 1) + " and " + element(depth - 1);
            case 2 -> element(depth - 1) + " or " + element(depth - 1);
            default ->
                    isOneIn(6)
                            ? "primary eq " + random.nextBoolean()
                            : pick(PARTS) + " " + pick(ORDERED) + " " + word();
        };
    }

    private String comparison() {
        return switch (random.nextInt(10)) {
            case 0 -> "active " + pick(List.of("eq", "ne")) + " " + random.nextBoolean();
            case 1 -> name() + " pr";
            case 2 -> "loginCount " + pick(List.of("eq", "ne", "gt", "ge", "lt", "le")) + " 7";
            case 3 -> "meta.lastModified " + pick(List.of("eq", "gt", "le")) + " " + time();
            case 4 -> name() + " " + pick(List.of("eq", "ne")) + " null";
            case 5 -> isPlain ? text() : "emails[" + element(1) + "].value eq " + word();
            default -> text();
        };
    }

    private String text() {
        return name() + " " + pick(ORDERED) + " " + word();
    }

    private String name() {
        return pick(isPlain ? PLAIN_TEXTS : TEXTS);
    }

    private String word() {
        return quoted(pick(words));
    }

    private String time() {
        return quoted(pick(isPlain ? PLAIN_TIMES : TIMES));
    }

    private static String quoted(String word) {
        return TextNode.valueOf(word).toString();
    }

    // Documents.

    public ObjectNode user() {
        ObjectNode user = JSON.objectNode();
        user.put("userName", "ada" + random.nextInt(3));
        maybe(user, "userName");
        for (String name : List.of("externalId", "displayName", "title", "nickName")) {
            maybe(user, name);
        }
        if (user.path("externalId").asText().isEmpty()) {
            user.remove("externalId");
        }
        if (random.nextBoolean()) {
            user.put("active", random.nextBoolean());
        }
        if (random.nextBoolean()) {
            maybe(maybe(user.putObject("name"), "givenName"), "familyName");
        }
        if (random.nextBoolean()) {
            user.set("emails", list(this::email));
        }
        if (isOneIn(3)) {
            user.set("pets", list(() -> TextNode.valueOf(pick(words))));
            maybe(user.putObject("shoes"), "colour");
            user.put("loginCount", random.nextInt(15));
        }
        if (isOneIn(3)) {
            maybe(user.putObject(EXTENSION), "employeeNumber");
        }
        return user;
    }

    /// A user in whom every attribute of a plain filter has a value.
    public ObjectNode completeUser() {
        ObjectNode user = JSON.objectNode();
        for (String name : List.of("userName", "externalId", "displayName", "title")) {
            user.put(name, pick(words));
        }
        user.put("active", random.nextBoolean()).put("loginCount", random.nextInt(15));
        user.putObject("name").put("givenName", pick(words)).put("familyName", pick(words));
        user.putObject("shoes").put("colour", pick(words));
        user.putArray("pets").add(pick(words)).addAll(list(() -> TextNode.valueOf(pick(words))));
        user.putArray("emails").add(completeEmail()).addAll(list(this::completeEmail));
        user.putObject("meta").put("lastModified", pick(PLAIN_TIMES));
        return user;
    }

    private ObjectNode completeEmail() {
        return JSON.objectNode()
                .put("value", pick(words))
                .put("type", pick(List.of("work", "home")))
                .put("display", pick(words))
                .put("primary", random.nextBoolean());
    }

    public ObjectNode group() {
        ObjectNode group = JSON.objectNode().put("displayName", "Family");
        group.set("members", list(this::member));
        return group;
    }

    private ObjectNode maybe(ObjectNode owner, String name) {
        String word = pick(words);
        boolean isRight = !name.equals("userName") || !word.isBlank();
        return isRight && random.nextBoolean() ? owner.put(name, word) : owner;
    }

    private ObjectNode email() {
        ObjectNode email = JSON.objectNode().put("value", pick(words));
        if (random.nextBoolean()) {
            email.put("type", pick(List.of("work", "home")));
        }
        if (isOneIn(4)) {
            email.put("primary", random.nextBoolean());
        }
        return email;
    }

    private ObjectNode member() {
        ObjectNode member = JSON.objectNode().put("value", "u" + random.nextInt(5));
        boolean isNamed = !isPlain && isOneIn(4);
        return isNamed ? member.put("display", pick(words)) : member;
    }

    private interface Maker {
        JsonNode make();
    }

    private ArrayNode list(Maker maker) {
        ArrayNode list = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            JsonNode made = maker.make();
            if (list.valueStream().noneMatch(made::equals)) {
                list.add(made);
            }
        }
        return list;
    }

    // Operations.

    /// A PATCH of some operations, each right by the grammar, if not always for the document.
    public ObjectNode patch(ResourceKind kind) {
        ObjectNode patch = JSON.objectNode();
        ArrayNode operations = patch.putArray("Operations");
        for (int i = random.nextInt(3); i >= 0; i--) {
            operations.add(operation(kind));
        }
        return patch;
    }

    public ObjectNode operation(ResourceKind kind) {
        return switch (kind) {
            case USER -> userOperation();
            case GROUP -> groupOperation();
        };
    }

    private ObjectNode userOperation() {
        return switch (random.nextInt(10)) {
            case 0 -> operation(put(), "active", JSON.booleanNode(random.nextBoolean()));
            case 1 -> operation(put(), "emails", list(this::email));
            case 2 -> operation(put(), "emails", email());
            case 3 -> operation(put(), emailPath() + ".value", JSON.textNode(pick(words)));
            case 4 -> operation(put(), emailPath(), email());
            case 5 -> operation("remove", isOneIn(2) ? emailPath() : emailPath() + ".type", null);
            case 6 -> operation("remove", pick(PATHS), null);
            case 7 -> operation(put(), null, attributes());
            case 8 -> operation(put(), "name", maybe(JSON.objectNode(), "givenName"));
            default -> operation(put(), pick(PATHS), JSON.textNode(pick(words)));
        };
    }

    private static final List<String> PATHS =
            List.of(
                    "userName",
                    "displayName",
                    "title",
                    "nickName",
                    "name.givenName",
                    "shoes.colour",
                    "unheardOf",
                    EXTENSION + ":employeeNumber");

    private String emailPath() {
        return "emails[type eq \"" + pick(List.of("work", "home")) + "\"]";
    }

    private ObjectNode attributes() {
        ObjectNode attributes = user();
        attributes.remove("userName");
        if (random.nextBoolean()) {
            attributes.remove("name");
            attributes.put("name.familyName", pick(words));
        }
        return attributes;
    }

    private ObjectNode groupOperation() {
        return switch (random.nextInt(7)) {
            case 0 -> operation(put(), "displayName", JSON.textNode("Family" + random.nextInt(3)));
            case 1 -> operation("add", "members", list(this::member));
            case 2 -> operation("add", "members", member());
            case 3 -> operation("remove", "members", list(this::member));
            case 4 -> operation("remove", "members[value eq \"u" + random.nextInt(5) + "\"]", null);
            case 5 -> operation("replace", "members", list(this::member));
            default -> operation(put(), null, group());
        };
    }

    private String put() {
        return pick(List.of("add", "replace"));
    }

    private static ObjectNode operation(
            String verb, @Nullable String path, @Nullable JsonNode value) {
        ObjectNode operation = JSON.objectNode().put("op", verb);
        if (path != null) {
            operation.put("path", path);
        }
        return value == null ? operation : operation.set("value", value);
    }

    // What is wrong.

    /// A text that differs in a few places: doubled, left out, foreign or exchanged characters.
    public String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !damaged.isEmpty(); i--) {
            int place = random.nextInt(damaged.length());
            char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
            switch (random.nextInt(5)) {
                case 0 -> damaged.deleteCharAt(place);
                case 1 -> damaged.insert(place, sign);
                case 2 -> damaged.setCharAt(place, sign);
                case 3 -> damaged.insert(place, damaged.substring(random.nextInt(place + 1)));
                default -> damaged.setLength(place);
            }
        }
        return damaged.toString();
    }

    /// Any characters at all.
    public String noise() {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            noise.append(
                    isOneIn(8)
                            ? (char) random.nextInt(0x10000)
                            : SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return noise.toString();
    }

    /// A filter without any end: of the same piece, thousands of times.
    public String bomb() {
        String piece =
                pick(
                        List.of(
                                "(",
                                "not (",
                                "emails[",
                                "a pr or ",
                                "a eq \"x\" and (",
                                "a",
                                "\"",
                                "\\",
                                "urn:",
                                ".",
                                " "));
        return piece.repeat(1 + random.nextInt(20_000));
    }

    public boolean isOneIn(int number) {
        return random.nextInt(number) == 0;
    }

    private <T> T pick(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
