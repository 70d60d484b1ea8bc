package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.config.AssertionConfig;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.guides.GuideConfiguration;
import dev.vestibule.testhouse.proxy.Assertion;
import dev.vestibule.testhouse.proxy.ScriptedProxy;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Each product that has a preset, with what `vestibule.yaml` says of it, through a whole gateway.
final class ProxyPresetsTest {

    private static final String SECRET = "an-outposts-client-secret-0123456789";

    @TempDir Path directory;
    private final ScriptedProxy proxy = ScriptedProxy.start(InstantSource.system());
    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
        proxy.close();
    }

    /// What is known of the products is what [dev.vestibule.config.AssertionPreset] says; of the
    /// keys only the address is another one, and Cloudflare's are of another kind.
    enum Product {
        CLOUDFLARE_ACCESS(
                "Cf-Access-Jwt-Assertion",
                """
                assertions:
                  - id: front
                    preset: cloudflare-access
                    issuer: https://team.cloudflareaccess.com
                    audience: 32eafc7626e974616deaf0dc3ce63d7b
                    algorithms: ES256
                    keys: KEYS
                """) {
            @Override
            String adas(Assertion assertion) {
                return assertion.with("custom", Map.of("groups", List.of("admins"))).signed();
            }
        },
        POMERIUM(
                "X-Pomerium-Jwt-Assertion",
                """
                assertions:
                  - id: front
                    preset: pomerium
                    issuer: home.example.org
                    audience: home.example.org
                    keys: KEYS
                """) {
            @Override
            String adas(Assertion assertion) {
                return assertion
                        .with("iss", "home.example.org")
                        .with("aud", "home.example.org")
                        .with("groups", List.of("admins"))
                        .signed();
            }
        },
        AUTHENTIK(
                "X-authentik-jwt",
                """
                assertions:
                  - id: front
                    preset: authentik
                    issuer: https://auth.example.org/application/o/home/
                    audience: outpost
                    secret: SECRET
                """) {
            @Override
            String adas(Assertion assertion) {
                return assertion
                        .with("iss", "https://auth.example.org/application/o/home/")
                        .with("aud", "outpost")
                        .with("preferred_username", "ada")
                        .with("groups", List.of("admins"))
                        .signedWith(SECRET);
            }
        };

        private final String header;
        private final String yaml;

        Product(String header, String yaml) {
            this.header = header;
            this.yaml = yaml;
        }

        /// As this product says that Ada is there.
        abstract String adas(Assertion assertion);
    }

    private TestHouse houseBehind(Product product) {
        ConfigResult result =
                GuideConfiguration.read(
                        product.yaml
                                .replace("KEYS", proxy.keys().toString())
                                .replace("SECRET", SECRET),
                        directory);
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        List<AssertionConfig> assertions = ((ConfigResult.Valid) result).config().assertions();
        return new TestHouse(Plan.USUAL.changed(InFront.believing(assertions)));
    }

    private Assertion ofAda() {
        return proxy.assertionFor("ada").with("name", "Ada");
    }

    @ParameterizedTest
    @EnumSource
    void whoSignedInAtTheProxyIsInTheHouseWithoutAPage(Product product) {
        try (TestHouse house = houseBehind(product)) {
            browser.carry(product.header, product.adas(ofAda()));

            SignedIn ada =
                    house.redeem(
                            browser,
                            GatewayHouse.codeIn(
                                    browser.walk(house.authorizeAddress(), house.landing())));

            try (VisitorSocket socket = house.openSocket(browser)) {
                assertThat(socket.authenticate(ada.accessToken())).isEqualTo("auth_ok");
                assertThat(
                                socket.call(
                                                JsonNodeFactory.instance
                                                        .objectNode()
                                                        .put("type", "auth/current_user"))
                                        .path("is_admin")
                                        .asBoolean())
                        .isTrue();
            }
            assertThat(house.provider().requests()).isEmpty();
        }
    }

    /// Attack: the same words under the name that another product's header has, or signed for
    /// nobody.
    @ParameterizedTest
    @EnumSource
    void whatAnotherProductWouldSayIsNotBelieved(Product product) {
        try (TestHouse house = houseBehind(product)) {
            for (Product other : Product.values()) {
                String header = other == product ? "X-Another-Jwt" : other.header;
                browser.carry(header, product.adas(ofAda()));
                expectTheProvidersPage(house);
                if (other != product) {
                    browser.carry(product.header, other.adas(ofAda()));
                    expectTheProvidersPage(house);
                }
            }
        }
    }

    private void expectTheProvidersPage(TestHouse house) {
        assertThat(browser.get(house.authorizeAddress()).location())
                .startsWith(house.provider().issuer().toString());
    }
}
