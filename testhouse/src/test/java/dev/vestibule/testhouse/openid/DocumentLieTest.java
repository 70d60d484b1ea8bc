package dev.vestibule.testhouse.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;

/// The lies about discovery and keys, as a client sees them that follows nothing.
class DocumentLieTest {

    private static final int HUGE = 5_000_000;

    private final House house = new House();

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachLieIsInTheDiscoveryDocument(DiscoveryLie lie) throws Exception {
        URI address = house.provider.uri(Endpoint.DISCOVERY);
        ObjectNode truth = Json.parseObject(house.browser.get(address).body());
        house.provider.lie(lie);
        if (lie == DiscoveryLie.SLOW) {
            Drip.assertDripping(address);
            return;
        }
        if (lie == DiscoveryLie.GZIP_BOMB) {
            assertInflatesBeyondReason(address);
            return;
        }

        var answer = house.browser.get(address);

        String body = answer.body();
        switch (lie) {
            case OTHER_ISSUER ->
                    assertThat(Json.parseObject(body))
                            .isEqualTo(truth.put("issuer", "https://other-provider.invalid"));
            case ISSUER_WITH_SLASH ->
                    assertThat(Json.parseObject(body))
                            .isEqualTo(truth.put("issuer", house.provider.issuer() + "/"));
            case MISSING_ISSUER ->
                    assertThat((Object) Json.parseObject(body)).isEqualTo(truth.without("issuer"));
            case HUGE -> assertHugeButTrue(body, truth);
            case REDIRECT -> {
                assertThat(answer.statusCode()).isEqualTo(302);
                var followed = house.browser.get(URI.create(House.location(answer)));
                assertThat(Json.parseObject(followed.body())).isEqualTo(truth);
                assertThat(house.provider.count(Endpoint.ELSEWHERE)).isEqualTo(1);
            }
            case HTML -> assertPage(answer, 200);
            case NOT_FOUND -> assertPage(answer, 404);
            case SERVER_ERROR -> assertPage(answer, 500);
            case FILE_ENDPOINTS ->
                    assertThat(Json.parseObject(body).path("jwks_uri").asText())
                            .startsWith("file:");
            case CLOUD_METADATA_ENDPOINTS ->
                    assertThat(Json.parseObject(body).path("token_endpoint").asText())
                            .startsWith("http://169.254.169.254/");
            case KEYS_TWICE ->
                    assertThat(body)
                            .contains("\"jwks_uri\":\"" + house.provider.uri(Endpoint.JWKS))
                            .containsPattern(",\"jwks_uri\":\"http://localhost:[^\"]+\"}$");
            case SLOW, GZIP_BOMB -> throw new AssertionError("looked at above: " + lie);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachLieIsInTheKeySet(KeySetLie lie) throws Exception {
        URI address = house.provider.uri(Endpoint.JWKS);
        ObjectNode truth = Json.parseObject(house.browser.get(address).body());
        house.provider.lie(lie);
        if (lie == KeySetLie.SLOW) {
            Drip.assertDripping(address);
            return;
        }

        var answer = house.browser.get(address);

        switch (lie) {
            case HUGE -> assertHugeButTrue(answer.body(), truth);
            case REDIRECT -> {
                var followed = house.browser.get(URI.create(House.location(answer)));
                assertThat(Json.parseObject(followed.body())).isEqualTo(truth);
                assertThat(house.provider.count(Endpoint.ELSEWHERE)).isEqualTo(1);
            }
            case EMPTY -> assertThat(answer.body()).isEqualTo("{\"keys\":[]}");
            case ONLY_ENCRYPTION_KEY ->
                    assertThat(JWKSet.parse(answer.body()).getKeys())
                            .singleElement()
                            .matches(key -> KeyUse.ENCRYPTION.equals(key.getKeyUse()));
            case NOT_JSON -> assertPage(answer, 200);
            case SERVER_ERROR -> assertPage(answer, 500);
            case SLOW -> throw new AssertionError("looked at above: " + lie);
        }
    }

    static void assertHugeButTrue(String body, ObjectNode truth) {
        assertThat(body.length()).isGreaterThan(HUGE);
        ObjectNode document = Json.parseObject(body);
        document.remove("padding");
        assertThat(document).isEqualTo(truth);
    }

    static void assertPage(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(answer.body()).startsWith("<!DOCTYPE html>");
    }

    private static void assertInflatesBeyondReason(URI address) throws Exception {
        var connection = address.toURL().openConnection();
        try (InputStream compressed = connection.getInputStream();
                var inflated = new GZIPInputStream(compressed)) {
            assertThat(connection.getHeaderField("Content-Encoding")).isEqualTo("gzip");
            assertThat(connection.getContentLength()).isLessThan(200_000);
            assertThat(inflated.skip(60_000_000)).isEqualTo(60_000_000);
        }
    }
}
