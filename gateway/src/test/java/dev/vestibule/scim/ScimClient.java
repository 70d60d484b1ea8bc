package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An identity system that sends what a test says.
public final class ScimClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Wire wire;

    public ScimClient(Wire wire) {
        this.wire = wire;
    }

    /// How a request gets there.
    public interface Wire {
        Answer send(String method, String path, List<Header> headers, byte[] body);
    }

    /// An answer.
    public record Answer(int status, Headers headers, String text) {

        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException unreadable) {
                throw new IllegalStateException(status + " " + text, unreadable);
            }
        }

        public String header(String name) {
            return headers.single(name).orElse("");
        }

        public String id() {
            return json().path("id").asText();
        }

        public Answer expect(int wanted) {
            assertThat(status).as(text).isEqualTo(wanted);
            return this;
        }

        /// A SCIM error of this status and type; empty for none.
        public Answer expectError(int wanted, String type) {
            expect(wanted);
            assertThat(header("content-type")).isEqualTo("application/scim+json");
            assertThat(json().path("schemas"))
                    .as(text)
                    .extracting(JsonNode::asText)
                    .containsExactly("urn:ietf:params:scim:api:messages:2.0:Error");
            assertThat(json().path("status").isTextual()).as(text).isTrue();
            assertThat(json().path("status").asText()).as(text).isEqualTo("" + wanted);
            assertThat(json().path("scimType").asText()).as(text).isEqualTo(type);
            assertThat(json().path("detail").asText()).as(text).isNotEmpty();
            return this;
        }
    }

    /// @param headers name, value, name, value
    public Answer send(String method, String path, byte[] body, String... headers) {
        List<Header> all = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(new Header(headers[i], headers[i + 1]));
        }
        return wire.send(method, path, all, body);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    public Answer post(String path, String json, String... headers) {
        return sendJson("POST", path, json, headers);
    }

    public Answer put(String path, String json, String... headers) {
        return sendJson("PUT", path, json, headers);
    }

    public Answer patch(String path, String json, String... headers) {
        return sendJson("PATCH", path, json, headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, new byte[0], headers);
    }

    private Answer sendJson(String method, String path, String json, String... headers) {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        boolean saysType = all.stream().anyMatch(name -> name.equalsIgnoreCase("content-type"));
        if (!saysType) {
            all.addAll(List.of("Content-Type", "application/scim+json"));
        }
        return send(
                method, path, json.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    }

    /// One operation of a PATCH, or several with commas between, with quotes as `'`.
    public Answer patchOperations(String path, String operations, String... headers) {
        return patch(
                path,
                """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}
                """
                        .formatted(operations.replace('\'', '"')),
                headers);
    }

    /// @return the id
    public String createUser(String userName) {
        return post("/Users", user(userName, "ext-" + userName)).expect(201).id();
    }

    /// @return the id
    public String createGroup(String displayName, String... members) {
        return post("/Groups", group(displayName, members)).expect(201).id();
    }

    public static String user(String userName, String externalId) {
        return """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
         "userName":"%s","externalId":"%s","active":true,"displayName":"%s",
         "emails":[{"value":"%s@home.example","type":"work","primary":true}]}
        """
                .formatted(userName, externalId, userName, userName);
    }

    public static String group(String displayName, String... members) {
        return """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],
         "displayName":"%s","members":[%s]}
        """
                .formatted(displayName, members(members));
    }

    /// Members as JSON, with commas between.
    public static String members(String... ids) {
        return String.join(
                ",", Arrays.stream(ids).map(id -> "{\"value\":\"" + id + "\"}").toList());
    }

    /// Searches, and gives what is found by userName or displayName, in order.
    public List<String> names(String path, String filter) {
        JsonNode found = get(path + "?count=500&filter=" + encode(filter)).expect(200).json();
        return names(found);
    }

    public static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("Resources")
                .forEach(
                        one ->
                                names.add(
                                        one.path(one.has("userName") ? "userName" : "displayName")
                                                .asText()));
        return names;
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
