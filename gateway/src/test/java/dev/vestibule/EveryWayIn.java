package dev.vestibule;

import dev.vestibule.account.Account;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.cli.ExplainControl.ExplainAnswer;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.explain.Explanation;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Ben, who has all that a person can have to come in by, at a house where every way is on; and a
/// wall tablet. Each attempt is made by a browser that was never there before.
final class EveryWayIn implements AutoCloseable {

    static final String BEN = "ben";
    static final String TABLET = "hallway";

    private static final String PASSWORD = "correct horse";
    private static final InetAddress AT_THE_TABLET = InetAddress.ofLiteral("127.0.0.7");

    private final TestHouse house;
    private final PasskeyPages passkeys;
    private final VirtualAuthenticator phone = new VirtualAuthenticator();
    private final List<VisitorBrowser> browsers = new ArrayList<>();
    private final String userId;

    /// @param house one that [#areOn]
    EveryWayIn(TestHouse house) {
        this.house = house;
        this.passkeys = new PasskeyPages(house);
        this.userId =
                house.homeAssistant().addUser("Ben", "ben-at-home", PASSWORD, "system-users").id();
    }

    static UnaryOperator<GatewayConfig> areOn() {
        SignInConfig ways =
                new SignInConfig(
                        LocalLogin.ON,
                        Linking.OFFER,
                        true,
                        Defaults.SIGN_IN.apps(),
                        Defaults.BREAK_GLASS,
                        List.of());
        UnaryOperator<GatewayConfig> signIn =
                SignInChange.of(_ -> Tablets.kiosk(TABLET, "127.0.0.7", DeviceKey.OFF).apply(ways));
        return config -> signIn.apply(InFront.saying("127.0.0.1").apply(config));
    }

    /// Gives Ben a passkey, the user that he had before, and a name at the proxy in front.
    void furnish() {
        VisitorBrowser first = browser();
        house.provider().signInAutomaticallyAs(BEN);
        var _ = house.throughTheProvider(first);
        passkeys.add(first, phone, "Phone");
        house.link(BEN, userId);
        Account ben = house.account(BEN);
        house.gateway()
                .facts()
                .adoption()
                .database()
                .change(
                        tx ->
                                house.gateway()
                                        .facts()
                                        .accounts()
                                        .identities()
                                        .link(
                                                tx,
                                                new Subject(
                                                        new Issuer("vestibule:trusted-headers"),
                                                        BEN),
                                                ben.id()));
    }

    String userId() {
        return userId;
    }

    private VisitorBrowser browser() {
        return keep(new VisitorBrowser());
    }

    private VisitorBrowser keep(VisitorBrowser fresh) {
        fresh.carry("Sec-Fetch-Site", "same-origin");
        browsers.add(fresh);
        return fresh;
    }

    private boolean isIn(VisitorBrowser browser) {
        return !browser.cookie(house.origin().authority(), "vestibule-dev").isEmpty();
    }

    private boolean after(VisitorBrowser browser, Function<VisitorBrowser, ?> attempt) {
        var _ = attempt.apply(browser);
        return isIn(browser);
    }

    boolean byProvider(String... groups) {
        house.provider().setGroups(BEN, List.of(groups));
        house.provider().signInAutomaticallyAs(BEN);
        return after(browser(), house::throughTheProvider);
    }

    boolean byProxy(String groups) {
        VisitorBrowser browser = browser();
        browser.carry("Remote-User", BEN, "Remote-Name", "Ben", "Remote-Groups", groups);
        return after(browser, one -> one.walk(house.authorizeAddress(), house.landing()));
    }

    boolean byPasskey() {
        return after(browser(), one -> passkeys.signIn(one, phone));
    }

    boolean byPassword() {
        return after(
                browser(),
                one ->
                        one.postForm(
                                house.at("/auth/vestibule/local"),
                                Map.of(
                                        "choice",
                                        passkeys.choice(one),
                                        "username",
                                        "ben-at-home",
                                        "password",
                                        PASSWORD)));
    }

    /// Whether whoever is in by the provider gets a user of before by its login.
    boolean byLinking(String subject, String username, String password) {
        VisitorBrowser browser = browser();
        house.provider().signInAutomaticallyAs(subject);
        var _ = house.throughTheProvider(browser);
        long before = attached();
        var _ =
                browser.postForm(
                        house.at("/auth/vestibule/local/link"),
                        Map.of("choice", "", "username", username, "password", password));
        return attached() > before;
    }

    private long attached() {
        return house.audited().stream().filter(line -> line.kind().equals("UserAttached")).count();
    }

    boolean byTablet() {
        return after(
                keep(new VisitorBrowser(AT_THE_TABLET)),
                one -> one.walk(house.authorizeAddress(), house.landing()));
    }

    boolean byBreakGlass() {
        if (house.gateway().commands().emergency().breakGlass("", true)
                instanceof ControlOutcome.NewToken(var code, _)) {
            return after(
                    browser(),
                    one ->
                            one.postForm(
                                    house.at("/auth/vestibule/break-glass"),
                                    Map.of("code", code.reveal())));
        }
        throw new AssertionError("no code");
    }

    /// What explain says of each way at the home.
    Map<String, String> told(String account) {
        ExplainAnswer answer = house.gateway().commands().explain().named(account);
        if (!(answer instanceof ExplainAnswer.Told(var explanation))) {
            throw new AssertionError("nothing was told: " + answer);
        }
        Map<String, String> told = new HashMap<>();
        boolean isOfWays = false;
        for (Explanation.Line line : explanation.lines()) {
            isOfWays = line.label().equals("ways in now") || (isOfWays && line.label().isEmpty());
            if (isOfWays) {
                String[] parts = line.text().split(" at home: ", 2);
                told.put(parts[0], parts[1]);
            }
        }
        return told;
    }

    @Override
    public void close() {
        browsers.forEach(VisitorBrowser::close);
    }
}
