package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.scim.ScimClient.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/// Who may ask, where, with which method, in which form.
class RequestRulesTest {

    private final ScimDesk desk = new ScimDesk();
    private final ScimClient okta = desk.client("okta");
    private final String ada = okta.createUser("ada");

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer vst_scim_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "Basic b2t0YTpva3Rh",
                "Token x",
            })
    void nothingIsAnsweredWithoutTheToken(String authorization) {
        ScimClient nobody = desk.bearer(authorization);

        for (String path :
                new String[] {
                    "",
                    "/",
                    "/ServiceProviderConfig",
                    "/ResourceTypes",
                    "/Schemas",
                    "/Users",
                    "/Users/" + ada,
                    "/Groups",
                    "/Me",
                    "/Bulk",
                    "/nothing",
                    "/Users?count=x",
                }) {
            Answer refused = nobody.get(path).expectError(401, "");

            assertThat(refused.header("www-authenticate")).startsWith("Bearer");
            assertThat(refused.text()).doesNotContain("ada");
        }
        nobody.post("/Users", ScimClient.user("eve", "e")).expectError(401, "");
        nobody.delete("/Users/" + ada).expectError(401, "");
        assertThat(okta.names("/Users", "userName pr")).containsExactly("ada");
    }

    @Test
    void theNameOfTheSchemeIsReadWithoutCase() {
        String token = desk.tokenOf("entra");

        desk.bearer("bearer " + token).get("/Users").expect(200);
        desk.bearer("BEARER " + token).get("/Users").expect(200);
        desk.bearer("Basic " + token).get("/Users").expectError(401, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PUT     | /Users                 | GET, HEAD, POST
                    DELETE  | /Users                 | GET, HEAD, POST
                    PATCH   | /Groups                | GET, HEAD, POST
                    OPTIONS | /Groups/               | GET, HEAD, POST
                    POST    | /Users/ADA             | DELETE, GET, HEAD, PATCH, PUT
                    GET     | /.search               | POST
                    GET     | /Users/.search         | POST
                    PUT     | /Groups/.search        | POST
                    POST    | /                      | GET, HEAD
                    DELETE  | /                      | GET, HEAD
                    POST    | /ServiceProviderConfig | GET, HEAD
                    DELETE  | /Schemas               | GET, HEAD
                    PUT     | /ResourceTypes/User    | GET, HEAD
                    """)
    void otherMethodsAreRefusedWithThoseThatAreServed(String method, String path, String allowed) {
        Answer refused =
                okta.send(method, path.replace("ADA", ada), "{}".getBytes(StandardCharsets.UTF_8))
                        .expectError(405, "");

        assertThat(refused.header("allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH"})
    void aMethodThatAHeaderNamesIsNotBelieved(String method) {
        okta.post(
                        "/Users/" + ada,
                        "{}",
                        "X-HTTP-Method-Override",
                        method,
                        "X-HTTP-Method",
                        method,
                        "X-Method-Override",
                        method)
                .expectError(405, "");
        okta.get("/Users/" + ada + "?_method=" + method, "X-HTTP-Method-Override", method)
                .expect(200);

        assertThat(okta.names("/Users", "userName pr")).containsExactly("ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users",
                "/Users/x/y",
                "/Users/.search/x",
                "/.search/x",
                "/Group",
                "/Schemas/x",
                "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User/x",
                "/ResourceTypes/Users",
                "/ServiceProviderConfig/x",
                "/token",
            })
    void whereNothingIsNothingIsFound(String path) {
        okta.get(path).expectError(404, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Me", "/Me/", "/Me/x", "/Bulk"})
    void whatIsNotBuiltSaysSo(String path) {
        okta.get(path).expectError(501, "");
        okta.post(path, "{}").expectError(501, "");
        okta.patch(path, "{}").expectError(501, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/scim+json",
                "application/json",
                "application/scim+json; charset=utf-8",
                "Application/JSON;charset=\"UTF-8\"",
                "",
            })
    void aBodyMaySayWhatItIsInEveryUsualWay(String type) {
        okta.post("/Users", ScimClient.user("ben", "b"), "Content-Type", type).expect(201);
        okta.get("/Users", "Content-Type", type).expect(200);
    }

    @Test
    void aBodyMaySayNothing() {
        okta.send("POST", "/Users", "{\"userName\":\"ben\"}".getBytes(StandardCharsets.UTF_8))
                .expect(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/json",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json; charset=utf-16",
                "application/jsonp",
            })
    void aBodyOfAnotherKindIsRefused(String type) {
        okta.post("/Users", ScimClient.user("ben", "b"), "Content-Type", type).expectError(415, "");
        okta.put("/Users/" + ada, ScimClient.user("ben", "b"), "Content-Type", type)
                .expectError(415, "");
        okta.patchOperations(
                        "/Users/" + ada, "{'op':'remove','path':'emails'}", "Content-Type", type)
                .expectError(415, "");
        okta.post("/.search", "{}", "Content-Type", type).expectError(415, "");
        okta.get("/Users", "Content-Type", type).expect(200);
        assertThat(okta.names("/Users", "userName pr")).containsExactly("ada");
    }

    @Test
    void aCompressedBodyIsRefused() {
        okta.post("/Users", ScimClient.user("ben", "b"), "Content-Encoding", "gzip")
                .expectError(415, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"ada\"",
                "{} {}",
                "{\"userName\":\"a\",\"userName\":\"b\"}",
                "{\"userName\":\"a\",\"name\":{\"givenName\":\"x\",\"givenName\":\"y\"}}",
                "{\"userName\":\"a\",\"USERNAME\":\"b\"}",
            })
    void aBodyThatCanBeReadInNoWayOrInTwoIsRefused(String body) {
        okta.post("/Users", body).expectError(400, "invalidSyntax");
        okta.put("/Users/" + ada, body).expectError(400, "invalidSyntax");

        assertThat(okta.names("/Users", "userName pr")).containsExactly("ada");
    }

    @Test
    void aBodyThatIsNestedWithoutEndIsRefused() {
        String deep = "[".repeat(100_000);

        okta.post("/Users", "{\"userName\":\"a\",\"x\":" + deep).expectError(400, "invalidSyntax");
        okta.patch("/Users/" + ada, "{\"Operations\":" + deep).expectError(400, "invalidSyntax");
        okta.post("/.search", deep).expectError(400, "invalidSyntax");
    }

    @Test
    void aBodyThatIsNoUtf8IsRefused() {
        byte[] latin = "{\"userName\":\"J\u00f6rg\"}".getBytes(StandardCharsets.ISO_8859_1);

        okta.send("POST", "/Users", latin).expectError(400, "invalidSyntax");
    }

    @Test
    void slashesAtTheEndAndUnknownParametersChangeNothing() {
        okta.get("/Users/?aadOptscim062020").expect(200);
        okta.get("/Users/" + ada + "/?aadOptscim062020=&x=y").expect(200);
        okta.get("/ServiceProviderConfig/").expect(200);
        okta.patchOperations(
                        "/Users/" + ada + "?aadOptscim062020",
                        "{'op':'replace','path':'displayName','value':'A'}")
                .expect(200);
    }

    @Test
    void addressesComeFromTheConfigurationAndNotFromTheRequest() {
        Answer made =
                okta.post(
                        "/Users",
                        ScimClient.user("ben", "b"),
                        "X-Forwarded-Host",
                        "evil.example",
                        "Forwarded",
                        "host=evil.example",
                        "Host",
                        "evil.example");

        assertThat(made.header("location")).startsWith(ScimDesk.BASE + "/Users/");
        assertThat(made.text()).doesNotContain("evil");
    }
}
