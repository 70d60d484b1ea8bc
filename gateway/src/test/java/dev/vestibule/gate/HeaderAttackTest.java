package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.network.Cidr;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Section B of the list of attacks: nothing that a client writes about itself reaches Home
/// Assistant or the policy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderAttackTest {

    private final TestGate gate = new TestGate();

    @AfterAll
    void stop() throws IOException {
        gate.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-User",
                "Remote-User",
                "remote_user",
                "X-authentik-username",
                "Cf-Access-Authenticated-User-Email",
                "X_Forwarded_User",
                "x-forwarded-user",
                "X-Remote-User-Id",
                "X-Remote-User-Name",
                "X-Ingress-Path",
                "X-Hass-Source",
                "X-Hass-Is-Admin",
                "X-Forwarded-Uri",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-Forwarded-Prefix",
                "X-Real-IP",
                "Forwarded",
                "Via",
                "X-Auth-Request-Email",
                "Proxy",
                "X-SSL-Client-Verify",
                "X-Client-DN",
                "X-Azure-ClientIP"
            })
    void aForgedIdentityDoesNotPass(String name) throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    gate.request(
                            "GET",
                            "/api/forged",
                            name + ": forged-value",
                            "Connection: close, X-Forwarded-For, Authorization, Cookie"));

            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(gate.home.received())
                .contains("GET /api/forged", "access-ada")
                .doesNotContain("forged-value");
    }

    @Test
    void exactlyOneAddressIsNamed() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    gate.request(
                            "GET",
                            "/api/named",
                            "X-Forwarded-For: 10.0.0.1",
                            "X-Forwarded-For: 10.0.0.2",
                            "X-Forwarded-Proto: http",
                            "X-Forwarded-Host: evil.example"));

            assertThat(client.read().status()).isEqualTo(200);
        }
        String sent = sent(gate, "/api/named");
        assertThat(sent.toLowerCase(Locale.ROOT))
                .containsOnlyOnce("x-forwarded-for: 192.0.2.1\r\n")
                .containsOnlyOnce("x-forwarded-for:")
                .containsOnlyOnce("x-forwarded-proto: https\r\n")
                .containsOnlyOnce("x-forwarded-host: home.example\r\n")
                .containsOnlyOnce("\r\nhost: home.example\r\n");
    }

    @Test
    void noAddressIsNamedWhereHomeAssistantWouldRefuseIt() throws IOException {
        Setting setting = new Setting();
        setting.namesClient = false;
        try (TestGate unnamed = new TestGate(setting);
                RawClient client = unnamed.connect()) {
            client.send(unnamed.request("GET", "/api/unnamed"));

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(sent(unnamed, "/api/unnamed").toLowerCase(Locale.ROOT))
                    .doesNotContain("x-forwarded");
        }
    }

    private static String sent(TestGate gate, String path) {
        String all = gate.home.received();
        int at = all.indexOf("GET " + path + " ");
        return all.substring(at, all.indexOf("\r\n\r\n", at) + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: home.example.evil.example",
                "Host: home.example:8443",
                "Host: user@home.example",
                "Host: home.example.",
                "Host: 127.0.0.1"
            })
    void anotherHostIsNotServed(String host) throws IOException {
        int before = gate.home.received().length();
        try (RawClient client = gate.connect()) {
            client.send(
                    "GET /api/ HTTP/1.1\r\n"
                            + host
                            + "\r\nX-Forwarded-Host: home.example"
                            + "\r\nAuthorization: Bearer access-ada\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(421);
        }
        assertThat(gate.home.received()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: home.example\r\nHost: home.example",
                "Accept: */*",
                "Host: home.example\r\nAuthorization: Bearer access-ada",
                "Host: home.example\r\nCookie: a=b\r\nCookie: c=d",
                "Host: home.example\r\nContent-Type: a/b\r\nContent-Type: c/d"
            })
    void whatMayBeThereOnceIsRefusedTwice(String lines) throws IOException {
        int before = gate.home.received().length();
        try (RawClient client = gate.connect()) {
            client.send(
                    "GET /api/ HTTP/1.1\r\n"
                            + lines
                            + "\r\nAuthorization: Bearer access-ada\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(400);
        }
        assertThat(gate.home.received()).hasSize(before);
    }

    @Test
    void theHostMayBeSpelledWithItsPort() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    "GET /api/port HTTP/1.1\r\nHost: HOME.example:443\r\n"
                            + "Authorization: Bearer access-ada\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(sent(gate, "/api/port")).containsIgnoringCase("host: home.example\r\n");
    }

    @Test
    void anAddressThatTheClientWroteIsNoAddressOfTheHouse() throws IOException {
        Setting setting = new Setting();
        setting.lan = List.of(Cidr.parse("192.168.1.0/24").orElseThrow());
        try (TestGate house = new TestGate(setting);
                RawClient client = house.connect()) {
            client.send(
                    TestGate.anonymous("GET", "/local/map.png", "X-Forwarded-For: 192.168.1.10"));

            assertThat(client.read().status()).isEqualTo(401);
            assertThat(house.home.received()).isEmpty();
        }
    }

    @Test
    void aForwardingHeaderFromAnUnlistedProxyMakesTheAddressUnknown() throws IOException {
        Setting setting = new Setting();
        setting.lan = List.of(Cidr.parse("127.0.0.0/8").orElseThrow());
        try (TestGate house = new TestGate(setting);
                RawClient client = house.connect()) {
            for (String line :
                    List.of("Via: 1.1 somebody", "Client-IP: 127.0.0.1", "Fastly_Client_IP: ::1")) {
                client.send(TestGate.anonymous("GET", "/local/map.png", line));
                assertThat(client.read().status()).as(line).isEqualTo(401);
            }
            client.send(TestGate.anonymous("GET", "/local/map.png"));

            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    /// A dual-stack socket may show an IPv4 client as `::ffff:127.0.0.1`.
    @Test
    void anAddressIsTheSameThroughADualStackListener() throws IOException {
        Setting setting = new Setting();
        setting.listen = "::";
        setting.lan = List.of(Cidr.parse("127.0.0.0/8").orElseThrow());
        try (TestGate house = new TestGate(setting);
                RawClient client = house.connect()) {
            client.send(TestGate.anonymous("GET", "/local/map.png"));

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(sent(house, "/local/map.png"))
                    .containsIgnoringCase("x-forwarded-for: 127.0.0.1\r\n");
        }
    }

    @Test
    void aListedProxyIsBelievedAboutTheClient() throws IOException {
        Setting setting = new Setting();
        setting.trustedProxies = List.of(Cidr.parse("127.0.0.1").orElseThrow());
        try (TestGate house = new TestGate(setting);
                RawClient client = house.connect()) {
            client.send(
                    house.request(
                            "GET", "/api/behind", "X-Forwarded-For: 192.168.1.9, 203.0.113.7"));

            assertThat(client.read().status()).isEqualTo(200);
            assertThat(sent(house, "/api/behind"))
                    .containsIgnoringCase("x-forwarded-for: 203.0.113.7\r\n");
        }
    }

    @Test
    void ourCookiesStayHere() throws IOException {
        try (RawClient client = gate.connect()) {
            client.send(
                    gate.request(
                            "GET",
                            "/api/cookies",
                            "Cookie: a=1; __Host-vestibule=secret; __Host-vestibule-browser=x;"
                                    + " vestibule-dev=y; ingress_session=z; b=2"));

            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(sent(gate, "/api/cookies"))
                .containsIgnoringCase("cookie: a=1; b=2\r\n")
                .doesNotContain("vestibule", "ingress_session");
    }

    @Test
    void homeAssistantCannotSetOurCookies() throws IOException {
        try (TestGate house = new TestGate();
                RawClient client = house.connect()) {
            house.home.answers(
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: __Host-vestibule=x\r\n"
                            + "Set-Cookie: =__Host-vestibule=x\r\n"
                            + "Set-Cookie:  =  __host-VESTIBULE-browser=z\r\n"
                            + "Set-Cookie: other=y\r\nAlt-Svc: h3=\":443\"\r\n"
                            + "Keep-Alive: timeout=5\r\nServer: aiohttp\r\n\r\nok");
            client.send(house.request("GET", "/api/"));

            assertThat(client.read().head())
                    .contains("other=y", "Server: aiohttp")
                    .doesNotContainIgnoringCase("vestibule")
                    .doesNotContainIgnoringCase("alt-svc")
                    .doesNotContainIgnoringCase("keep-alive");
        }
    }
}
