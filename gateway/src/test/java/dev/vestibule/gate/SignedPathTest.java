package dev.vestibule.gate;

import static dev.vestibule.gate.Passing.CAMERA;
import static dev.vestibule.gate.Passing.passes;
import static dev.vestibule.gate.Passing.refuses;
import static dev.vestibule.gate.Passing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.network.Cidr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// Who opens what a signed path names. Whoever is refused leaves no byte at Home Assistant.
class SignedPathTest {

    private static String signed(String tokenId, String path, Instant expiresAt) {
        String claims =
                "{\"iss\":\"%s\",\"path\":\"%s\",\"params\":[],\"iat\":0,\"exp\":%d}"
                        .formatted(tokenId, path, expiresAt.getEpochSecond());
        return "authSig=e30."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    @Test
    void aSignedPathOfALiveGrantPasses() throws IOException {
        try (TestGate gate = new TestGate()) {
            Instant soon = gate.facts.clock.instant().plusSeconds(30);

            passes(
                    gate,
                    TestGate.anonymous(
                            "GET",
                            "/api/backup/download/1?"
                                    + signed("id-ada", "/api/backup/download/1", soon)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,id-nobody,/api/backup,30",
        "GET,id-ada,/api/other,30",
        "GET,id-ada,/api/backup,-60",
        "GET,id-ada,/api/backup,90000",
        "POST,id-ada,/api/backup,30"
    })
    void aSignatureThatDoesNotFitIs401(String method, String id, String path, long seconds)
            throws IOException {
        try (TestGate gate = new TestGate()) {
            Instant until = gate.facts.clock.instant().plusSeconds(seconds);

            refuses(
                    gate,
                    TestGate.anonymous(method, "/api/backup?" + signed(id, path, until)),
                    401);
        }
    }

    @Test
    void aSignatureForNobodyOfOursPassesAtHomeOnly() throws IOException {
        Setting setting = new Setting();
        setting.lan = List.of(Cidr.parse("127.0.0.0/8").orElseThrow());
        try (TestGate gate = new TestGate(setting)) {
            Instant soon = gate.facts.clock.instant().plusSeconds(30);
            String request =
                    TestGate.anonymous(
                            "GET", "/media/a.mp3?" + signed("content", "/media/a.mp3", soon));

            passes(gate, request);
        }
    }

    @Test
    void aSignatureOfAnEndedGrantIsDeadAtHomeToo() throws IOException {
        Setting setting = new Setting();
        setting.lan = List.of(Cidr.parse("127.0.0.0/8").orElseThrow());
        try (TestGate gate = new TestGate(setting)) {
            gate.facts.sessionLifecycle.endGrant(gate.grant.grant().id(), TestFacts.cause());
            Instant soon = gate.facts.clock.instant().plusSeconds(30);

            refuses(
                    gate,
                    TestGate.anonymous("GET", "/media/a?" + signed("id-ada", "/media/a", soon)),
                    401);
        }
    }

    @Test
    void aSignatureUnderAnEscapedNameIsOneToo() throws IOException {
        try (TestGate gate = new TestGate()) {
            Instant soon = gate.facts.clock.instant().plusSeconds(30);
            String signed = signed("id-nobody", CAMERA, soon);

            refuses(
                    gate,
                    TestGate.anonymous(
                            "GET",
                            CAMERA + "?" + signed.replace("authSig", "auth%53ig"),
                            session(gate)),
                    401);
            refuses(
                    gate,
                    TestGate.anonymous(
                            "GET",
                            CAMERA + "?" + signed + "&" + signed.replace("authSig", "%61uthSig"),
                            session(gate)),
                    400);
        }
    }

    /// Only Home Assistant can tell a forged signature that names a live grant.
    @Test
    void whoForgesSignaturesIsNotPassedOnForEver() throws IOException {
        try (TestGate gate = new TestGate();
                RawClient client = gate.connect()) {
            gate.home.answers("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            Instant soon = gate.facts.clock.instant().plusSeconds(30);
            String forged =
                    TestGate.anonymous(
                            "GET", "/api/backup?" + signed("id-ada", "/api/backup", soon));
            for (int i = 0; i < 60; i++) {
                assertThat(client.send(forged).read().status()).isEqualTo(401);
            }
            int before = gate.home.received().length();

            assertThat(client.send(forged).read().status()).isEqualTo(503);
            assertThat(gate.home.received()).hasSize(before);

            gate.facts.clock.advance(Duration.ofMinutes(2));
            Instant later = gate.facts.clock.instant().plusSeconds(30);
            assertThat(
                            client.send(
                                            TestGate.anonymous(
                                                    "GET",
                                                    "/api/backup?"
                                                            + signed(
                                                                    "id-ada",
                                                                    "/api/backup",
                                                                    later)))
                                    .read()
                                    .status())
                    .isEqualTo(401);
        }
    }
}
