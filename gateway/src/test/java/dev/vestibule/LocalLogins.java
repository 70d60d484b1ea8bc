package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.HouseBrowser.Answer;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.network.Cidr;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Houses where people sign in with what they have in Home Assistant, and how they do it.
final class LocalLogins implements AutoCloseable {

    static final String AT_HOME = "192.168.1.20";
    static final String AWAY = "203.0.113.7";
    static final NetworkConfig NETWORK =
            new NetworkConfig(List.of(cidr("127.0.0.1")), List.of(cidr("192.168.1.0/24")));

    private final List<TestHouse> open = new ArrayList<>();

    TestHouse house(LocalLogin setting, HomeOptions options) {
        TestHouse house =
                new TestHouse(
                        ScriptedHomeAssistant.start(options.withPort(LoopbackPort.free())),
                        Plan.USUAL.changed(SignInChange.of(localLogin(setting), NETWORK)));
        closeLater(house);
        return house;
    }

    void closeLater(TestHouse house) {
        open.add(house);
    }

    TestHouse house() {
        return house(LocalLogin.ON, HomeOptions.defaults());
    }

    @Override
    public void close() {
        open.forEach(TestHouse::close);
        open.clear();
    }

    static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    static SignInConfig localLogin(LocalLogin setting) {
        return new SignInConfig(
                setting,
                Linking.OFF,
                false,
                Defaults.SIGN_IN.apps(),
                Defaults.BREAK_GLASS,
                List.of());
    }

    static HomeUser greta(TestHouse house) {
        return house.homeAssistant().addUser("Greta", "greta", "correct horse", "system-users");
    }

    static Answer signInPage(HouseBrowser caller, TestHouse house) {
        return caller.follow(caller.get(house.authorizeAddress()));
    }

    static Answer type(HouseBrowser caller, Answer page, String username, String password) {
        return caller.post(
                "/auth/vestibule/local",
                Map.of(
                        "choice", page.hidden("choice"),
                        "username", username,
                        "password", password));
    }

    static Answer signIn(HouseBrowser caller, TestHouse house, String password) {
        return type(caller, signInPage(caller, house), "greta", password);
    }

    static SignedIn redeem(TestHouse house, Answer back) {
        assertThat(back.location()).as(back.body()).startsWith(house.landing());
        String code = back.location().replaceAll(".*[?&]code=([^&]+).*", "$1");
        try (VisitorBrowser browser = new VisitorBrowser()) {
            return house.redeem(browser, code);
        }
    }

    static String userOf(TestHouse house, SignedIn tokens) {
        return house.gateway()
                .homes()
                .getFirst()
                .homeAssistant()
                .tokenProbe()
                .ask(new Secret(tokens.accessToken()), ip("127.0.0.1"))
                .toString();
    }

    static InetAddress ip(String literal) {
        return cidr(literal).network();
    }
}
