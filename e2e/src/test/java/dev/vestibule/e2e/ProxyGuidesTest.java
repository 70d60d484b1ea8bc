package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.TestHouse;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.e2e.ReverseProxy.Kind;
import dev.vestibule.e2e.ReverseProxy.Places;
import dev.vestibule.guides.GuideConfiguration;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.HouseholdAuthority;
import dev.vestibule.testhouse.home.HouseholdAuthority.Signed;
import dev.vestibule.testhouse.home.ReceivedUpload;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The guides of reverse proxies: each block runs as it stands there, in the real proxy, over TLS,
/// before a gateway with the guide's own `trusted-proxies`.
final class ProxyGuidesTest {

    private static final String VISITOR = "127.0.0.2";
    private static final String FORGED = "203.0.113.9";
    private static final int UPLOAD = 30_000_000;

    @TempDir static Path keys;
    private static HouseholdAuthority authority;
    private static Signed certificate;

    @TempDir Path directory;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeAll
    static void makeACertificate() {
        authority = HouseholdAuthority.make(keys);
        certificate = authority.sign("proxy", "-validity 2 -ext san=dns:localhost");
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private TestHouse houseBehind(Kind kind) throws IOException {
        Path files = Files.createDirectory(directory.resolve("guide"));
        GatewayConfig guide = config(kind, files);
        Places places = new Places(LoopbackPort.free(), LoopbackPort.free(), certificate);
        assertThat(guide.listen().address()).isEqualTo("127.0.0.1");
        TestHouse house =
                TestHouse.behind(
                        new Origin("https", "localhost", places.port()),
                        places.gateway(),
                        guide.network());
        open.push(house);
        open.push(
                ReverseProxy.start(
                        kind, places, Files.createDirectory(directory.resolve("proxy"))));
        return house;
    }

    private static GatewayConfig config(Kind kind, Path files) {
        ConfigResult result =
                GuideConfiguration.read(kind.guide().block("yaml", "vestibule"), files);
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return ((ConfigResult.Valid) result).config();
    }

    private VisitorBrowser visitor() {
        VisitorBrowser browser =
                new VisitorBrowser(InetAddress.ofLiteral(VISITOR), authority.client());
        open.push(browser);
        return browser;
    }

    private static List<String> addressToldToHomeAssistant(TestHouse house, String path) {
        return house.homeAssistant().record().requests().stream()
                .filter(request -> request.target().equals(path))
                .map(request -> request.headers("x-forwarded-for"))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void aPersonSignsInAndTheirWebsocketLives(Kind kind) throws IOException {
        TestHouse house = houseBehind(kind);
        VisitorBrowser browser = visitor();

        SignedIn ada = house.signIn(browser, "ada");

        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(ada.accessToken())).isEqualTo("auth_ok");
            assertThat(socket.call(command("auth/current_user")).path("name").asText())
                    .isEqualTo("Ada");
        }
        assertThat(house.get(browser, "/api/config", ada.accessToken()).status()).isEqualTo(200);
        assertThat(house.auditedAddresses("SignedIn")).containsExactly(VISITOR);
        assertThat(addressToldToHomeAssistant(house, "/api/config")).containsExactly(VISITOR);
    }

    @ParameterizedTest
    @EnumSource
    void whatAVisitorWritesAboutTheirAddressIsNotBelieved(Kind kind) throws IOException {
        TestHouse house = houseBehind(kind);
        VisitorBrowser browser = visitor();
        browser.carry("X-Forwarded-For", FORGED, "Forwarded", "for=" + FORGED, "X-Real-IP", FORGED);

        SignedIn ada = house.signIn(browser, "ada");

        assertThat(house.get(browser, "/api/config", ada.accessToken()).status()).isEqualTo(200);
        assertThat(house.auditedAddresses("SignedIn")).containsExactly(VISITOR);
        assertThat(addressToldToHomeAssistant(house, "/api/config")).containsExactly(VISITOR);
        assertThat(house.homeAssistant().record().contains(FORGED)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anUploadOfThirtyMegabytesArrivesWhole(Kind kind) throws Exception {
        TestHouse house = houseBehind(kind);
        VisitorBrowser browser = visitor();
        SignedIn ada = house.signIn(browser, "ada");

        HttpResponse<String> answer =
                browser.http()
                        .send(
                                asked(house, "/api/backup/upload", ada)
                                        .POST(BodyPublishers.ofByteArray(new byte[UPLOAD]))
                                        .build(),
                                BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(house.homeAssistant().lastUpload().map(ReceivedUpload::bytes))
                .hasValue((long) UPLOAD);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsNotKeptBack(Kind kind) throws Exception {
        TestHouse house = houseBehind(kind);
        VisitorBrowser browser = visitor();
        SignedIn ada = house.signIn(browser, "ada");
        try (VisitorSocket socket = house.openSocket(browser)) {
            socket.authenticate(ada.accessToken());
            var streaming =
                    browser.http()
                            .sendAsync(
                                    asked(house, "/api/stream?restrict=bell", ada).build(),
                                    BodyHandlers.ofLines())
                            .get(30, TimeUnit.SECONDS);
            try (Stream<String> lines = streaming.body()) {
                socket.call(command("fire_event").put("event_type", "bell"));

                assertThat(lines.filter(line -> line.contains("bell")).findFirst()).isPresent();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void browsersSpeakHttp2(Kind kind) throws Exception {
        TestHouse house = houseBehind(kind);
        try (HttpClient browser =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .sslContext(authority.client())
                        .build()) {
            HttpResponse<String> answer =
                    browser.send(
                            HttpRequest.newBuilder(house.at("/manifest.json")).build(),
                            BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static HttpRequest.Builder asked(TestHouse house, String path, SignedIn who) {
        return HttpRequest.newBuilder(house.at(path))
                .header("Authorization", "Bearer " + who.accessToken());
    }

    private static ObjectNode command(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
