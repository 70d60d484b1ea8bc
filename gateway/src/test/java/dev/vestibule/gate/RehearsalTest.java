package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.DatabaseContents;
import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.RequireUpstreamConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.config.RoutesConfig.Capability;
import dev.vestibule.config.RoutesConfig.PublicFiles;
import dev.vestibule.config.RoutesConfig.Shell;
import dev.vestibule.connection.Cut;
import dev.vestibule.explain.Rehearsed;
import dev.vestibule.explain.Rehearsed.Heard;
import dev.vestibule.explain.Rehearsed.Outcome;
import dev.vestibule.explain.Rehearsed.Unreadable;
import dev.vestibule.explain.SupposedRequest;
import dev.vestibule.explain.Suppositions;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.grant.TokenJudge;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.policy.AccessDecision;
import dev.vestibule.policy.AccessDecision.Refusal;
import dev.vestibule.policy.AsSomebody;
import dev.vestibule.policy.Route;
import dev.vestibule.policy.Route.Action;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.policy.UpstreamRule;
import dev.vestibule.policy.Webhooks;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What is said of a request that nobody made is what the gate does with one that somebody makes.
class RehearsalTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "OPTIONS");
    private static final int HOME_ANSWERS = 204;
    private static final int OPENED = 101;
    private static final List<String> HANDSHAKE =
            List.of(
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    private static final Secret NONE = new Secret("");

    /// Who asks: what they send to the gate, and as whom the rehearsal takes them.
    private enum Who {
        NOBODY,
        ADA,
        ADAS_TOKEN,
        A_DEAD_TOKEN,
        A_SUSPENDED_PERSON
    }

    /// How open a house is.
    enum House {
        USUAL,
        SHUT,
        OPEN,
        AT_HOME,
        LEFT;

        private RoutesConfig routes() {
            return switch (this) {
                case USUAL, LEFT -> routes(Shell.CACHED, PublicFiles.SESSION, Capability.KNOWN);
                case SHUT -> routes(Shell.SESSION, PublicFiles.SESSION, Capability.OFF);
                case OPEN -> routes(Shell.OPEN, PublicFiles.OPEN, Capability.LAN);
                case AT_HOME -> routes(Shell.SESSION, PublicFiles.SESSION, Capability.LAN);
            };
        }

        private static RoutesConfig routes(Shell shell, PublicFiles files, Capability capability) {
            return new RoutesConfig(
                    shell, files, capability, List.of(), RequireUpstreamConfig.NOTHING);
        }

        Setting setting() {
            Setting setting = new Setting();
            setting.routes = routes();
            setting.judge = new Undertaker();
            if (this == LEFT) {
                setting.unowned.end(Cut.INTERRUPTED);
            }
            if (this == OPEN || this == AT_HOME) {
                setting.lan = List.of(Cidr.parse("127.0.0.0/8").orElseThrow());
            }
            return setting;
        }
    }

    /// Says of every token that it is dead, and knows so without asking.
    private record Undertaker() implements TokenJudge {
        @Override
        public TokenJudgement judge(HomeId home, String accessToken, ClientAddress from) {
            return new TokenJudgement.Dead();
        }

        @Override
        public Optional<TokenJudgement> foresee(HomeId home, String accessToken) {
            return Optional.of(new TokenJudgement.Dead());
        }
    }

    private static Rehearsed rehearse(
            TestGate gate, String method, String target, Who who, String page) {
        return rehearse(gate, method, target, who, page, false);
    }

    private static Rehearsed rehearse(
            TestGate gate, String method, String target, Who who, String page, boolean isSocket) {
        Secret token =
                switch (who) {
                    case ADAS_TOKEN -> new Secret("access-ada");
                    case A_DEAD_TOKEN -> new Secret("dead");
                    case NOBODY, ADA, A_SUSPENDED_PERSON -> NONE;
                };
        SupposedRequest request =
                new SupposedRequest(
                        TestGate.HOST, target, method, HERE, true, token, page, isSocket);
        return gate.rehearsal().rehearse(request, _ -> somebody(gate, who));
    }

    private static AsSomebody somebody(TestGate gate, Who who) {
        Suppositions suppositions =
                new Suppositions(gate.facts.accounts, gate.facts.sessions, gate.facts.grants);
        return switch (who) {
            case NOBODY, ADAS_TOKEN, A_DEAD_TOKEN -> new AsSomebody.AsShown();
            case ADA, A_SUSPENDED_PERSON ->
                    suppositions.at(
                            TestFacts.HOME, gate.facts.accounts.find(gate.ada.id()).orElseThrow());
        };
    }

    private static int really(TestGate gate, String method, String target, Who who, String page)
            throws IOException {
        List<String> headers = shown(gate, who);
        if (method.equals("GET") && who != Who.ADAS_TOKEN && who != Who.A_DEAD_TOKEN) {
            headers.add("Sec-Fetch-Mode: navigate");
            headers.add("Accept: text/html");
        }
        if (!page.isEmpty()) {
            headers.add("Origin: " + page);
        }
        try (RawClient client = gate.connect()) {
            return client.send(TestGate.anonymous(method, target, headers.toArray(new String[0])))
                    .readToHead()
                    .status();
        }
    }

    private static List<String> shown(TestGate gate, Who who) {
        List<String> headers = new ArrayList<>();
        switch (who) {
            case NOBODY -> {}
            case ADA, A_SUSPENDED_PERSON -> {
                headers.add("Authorization: Bearer access-ada");
                headers.add(
                        "Cookie: __Host-vestibule="
                                + gate.session.cookie().reveal()
                                + "; ingress_session=abc");
            }
            case ADAS_TOKEN -> headers.add("Authorization: Bearer access-ada");
            case A_DEAD_TOKEN -> headers.add("Authorization: Bearer dead");
        }
        return headers;
    }

    /// The status that follows from what was said.
    private static int foretold(Rehearsed rehearsed) {
        return switch (rehearsed) {
            case Unreadable(var status, _) -> status;
            case Heard heard ->
                    switch (heard.outcome()) {
                        case Outcome.WalkedAround _ -> Refusal.WALKED_AROUND.status();
                        case Outcome.NoSuchPath() -> 404;
                        case Outcome.OtherMethod _ -> 405;
                        case Outcome.UnreadableQuery _ -> 400;
                        case Outcome.Judged(var route, var decision) -> foretold(route, decision);
                    };
        };
    }

    private static int foretold(Route route, AccessDecision decision) {
        return switch (decision) {
            case AccessDecision.Allow _ ->
                    switch (route.action()) {
                        case Action.Answer _, Action.AnswerKnown _, Action.AnswerFromCopy _ -> 200;
                        case Action.Forward(), Action.ForwardRegistration() -> HOME_ANSWERS;
                        // It is asked for without a handshake.
                        case Action.Socket() -> 400;
                        case Action.Deny() -> 0;
                    };
            case AccessDecision.AllowStraight() ->
                    route.action() instanceof Action.AnswerFromCopy copy && copy.mayPass()
                            ? HOME_ANSWERS
                            : 200;
            case AccessDecision.SignInFirst() -> 302;
            case AccessDecision.Refuse(var refusal) -> refusal.status();
            case AccessDecision.MustAsk() -> 0;
        };
    }

    private static String concrete(Route route) {
        String path = route.pattern().toString().replace("/**", "/some/where");
        return path.replace("*", "some-id");
    }

    @ParameterizedTest
    @EnumSource
    void everyRouteIsForetoldAsTheGateAnswers(House house) throws IOException {
        try (TestGate gate = new TestGate(house.setting())) {
            gate.home.answers("HTTP/1.1 204 No Content\r\n\r\n");
            Set<RouteClass> seen = EnumSet.noneOf(RouteClass.class);
            List<String> wrong = new ArrayList<>();
            for (Who who : Who.values()) {
                if (who == Who.A_SUSPENDED_PERSON) {
                    suspendAda(gate);
                }
                for (Route route : gate.routes()) {
                    seen.add(route.kind());
                    for (String method : METHODS) {
                        compare(gate, method, concrete(route), who, "", wrong::add);
                    }
                }
            }
            assertThat(wrong).isEmpty();
            // No route is of the class that only a signature opens.
            assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.of(RouteClass.SIGNED)));
        }
    }

    private static void suspendAda(TestGate gate) {
        gate.facts.lifecycle.suspend(gate.ada.id(), SuspendedBy.OPERATOR, TestFacts.cause());
    }

    private static void compare(
            TestGate gate,
            String method,
            String target,
            Who who,
            String page,
            Consumer<String> wrong)
            throws IOException {
        int foretold = foretold(rehearse(gate, method, target, who, page));
        int real = really(gate, method, target, who, page);
        if (foretold != real) {
            wrong.accept(
                    "%s %s as %s from '%s': foretold %d, was %d"
                            .formatted(method, target, who, page, foretold, real));
        }
    }

    private static void isRefusedAlike(
            TestGate gate, String method, String target, Who who, String page, Refusal refusal)
            throws IOException {
        Rehearsed rehearsed = rehearse(gate, method, target, who, page);

        assertThat(((Heard) rehearsed).outcome())
                .satisfiesAnyOf(
                        outcome ->
                                assertThat(outcome)
                                        .isInstanceOfSatisfying(
                                                Outcome.Judged.class,
                                                judged ->
                                                        assertThat(judged.decision())
                                                                .isEqualTo(
                                                                        new AccessDecision.Refuse(
                                                                                refusal))),
                        outcome -> assertThat(outcome).isInstanceOf(Outcome.WalkedAround.class));
        assertThat(really(gate, method, target, who, page)).isEqualTo(refusal.status());
        assertThat(gate.home.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://evil.example", "https://home.example"})
    void websocketsAreForetoldAsTheGateOpensOrRefusesThem(String page) throws IOException {
        try (TestGate gate = new TestGate(House.USUAL.setting())) {
            Set<Integer> seen = new TreeSet<>();
            for (Who who : List.of(Who.NOBODY, Who.ADA, Who.ADAS_TOKEN)) {
                for (Route route : gate.routes()) {
                    if (mayOpen(route)) {
                        seen.add(compareSocket(gate, concrete(route), who, page));
                    }
                }
            }
            assertThat(seen).contains(OPENED, 401);
            assertThat(compareSocket(gate, "/api/hassio_ingress/abc/ws", Who.ADA, page))
                    .isEqualTo(
                            page.equals("https://home.example")
                                    ? OPENED
                                    : Refusal.FOREIGN_PAGE.status());
        }
    }

    private static boolean mayOpen(Route route) {
        return route.methods().contains("GET")
                && (route.action() instanceof Action.Forward
                        || route.action() instanceof Action.Socket);
    }

    /// @return what was foretold, and came
    private static int compareSocket(TestGate gate, String target, Who who, String page)
            throws IOException {
        int foretold = foretoldSocket(rehearse(gate, "GET", target, who, page, true));
        List<String> headers = shown(gate, who);
        headers.addAll(HANDSHAKE);
        if (!page.isEmpty()) {
            headers.add("Origin: " + page);
        }
        int before = gate.sockets.size();
        try (RawClient client = gate.connect()) {
            client.send(TestGate.anonymous("GET", target, headers.toArray(new String[0])));
            if (foretold == OPENED) {
                Until.holds(() -> gate.sockets.size() == before + 1);
            } else {
                assertThat(client.readToHead().status())
                        .as("%s as %s from '%s'", target, who, page)
                        .isEqualTo(foretold);
                assertThat(gate.sockets).hasSize(before);
            }
        }
        return foretold;
    }

    private static int foretoldSocket(Rehearsed rehearsed) {
        return rehearsed instanceof Heard heard
                        && heard.outcome() instanceof Outcome.Judged(var _, var decision)
                        && decision instanceof AccessDecision.Allow
                ? OPENED
                : foretold(rehearsed);
    }

    @Test
    void nothingShownAndDeadAndClosedAreToldApart() throws IOException {
        try (TestGate gate = new TestGate(House.USUAL.setting())) {
            isRefusedAlike(gate, "GET", "/api/x", Who.NOBODY, "", Refusal.NO_CREDENTIAL);
            isRefusedAlike(gate, "GET", "/api/x", Who.A_DEAD_TOKEN, "", Refusal.DEAD_CREDENTIAL);
            isRefusedAlike(gate, "GET", "/auth/providers", Who.ADA, "", Refusal.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Webhooks.Judgement.class,
            names = {"GONE", "REFUSED", "UNJUDGEABLE"})
    void webhooksAreRefusedForTheSameReason(Webhooks.Judgement judgement) throws IOException {
        Setting setting = House.USUAL.setting();
        setting.webhooks = (home, id) -> judgement;
        Refusal refusal =
                switch (judgement) {
                    case GONE -> Refusal.GONE_WEBHOOK;
                    case REFUSED -> Refusal.UNKNOWN_WEBHOOK;
                    case UNJUDGEABLE -> Refusal.UNJUDGEABLE;
                    case OPEN -> throw new IllegalArgumentException("it is not refused");
                };
        try (TestGate gate = new TestGate(setting)) {
            isRefusedAlike(gate, "POST", "/api/webhook/abc", Who.NOBODY, "", refusal);
        }
    }

    @Test
    void aPageOfSomebodyElseIsRefusedAtAnAddOn() throws IOException {
        try (TestGate gate = new TestGate(House.USUAL.setting())) {
            String addOn = "/api/hassio_ingress/abc/";
            String page = "https://evil.example";

            isRefusedAlike(gate, "POST", addOn, Who.ADA, page, Refusal.FOREIGN_PAGE);
        }
    }

    @Test
    void somebodyWhoMayComeFromHomeOnlyIsRefusedElsewhere() throws IOException {
        Setting setting = House.USUAL.setting();
        TestGate[] made = new TestGate[1];
        setting.places = TestGate.onlyAtHome(() -> made[0].ada.id(), List.of());
        try (TestGate gate = new TestGate(setting)) {
            made[0] = gate;

            isRefusedAlike(gate, "GET", "/api/x", Who.ADA, "", Refusal.NOT_AT_HOME);
            isRefusedAlike(gate, "GET", "/api/x", Who.ADAS_TOKEN, "", Refusal.NOT_AT_HOME);
        }
    }

    @Test
    void whoseRoleIsHeldCannotBeJudgedNow() throws IOException {
        try (TestGate gate = new TestGate(House.USUAL.setting())) {
            gate.facts.accounts.hold(gate.ada.id(), TestFacts.HOME);

            isRefusedAlike(gate, "GET", "/api/x", Who.ADA, "", Refusal.UNJUDGEABLE);
            isRefusedAlike(gate, "GET", "/api/x", Who.ADAS_TOKEN, "", Refusal.UNJUDGEABLE);
        }
    }

    @Test
    void aPhoneThatMayNotRegisterIsRefused() throws IOException {
        Setting setting = House.USUAL.setting();
        setting.mayRegister = false;
        try (TestGate gate = new TestGate(setting)) {
            String path = "/api/mobile_app/registrations";

            isRefusedAlike(gate, "POST", path, Who.ADAS_TOKEN, "", Refusal.CLOSED);
        }
    }

    @Test
    void whoWalksAroundTheProxyIsRefusedAndNobodyElseIsSaidToBe() throws IOException {
        Setting setting = House.USUAL.setting();
        setting.upstream = new ProxyInFront();
        try (TestGate gate = new TestGate(setting)) {
            isRefusedAlike(gate, "GET", "/api/x", Who.ADA, "", Refusal.WALKED_AROUND);

            SupposedRequest through =
                    new SupposedRequest(
                            TestGate.HOST,
                            "/api/x",
                            "GET",
                            HERE,
                            false,
                            new Secret("access-ada"),
                            "",
                            false);
            assertThat(foretold(gate.rehearsal().rehearse(through, _ -> new AsSomebody.AsShown())))
                    .isEqualTo(HOME_ANSWERS);
        }
    }

    private record ProxyInFront() implements UpstreamRule {
        @Override
        public boolean appliesAt(HomeId home) {
            return true;
        }

        @Override
        public Finding decide(Approach approach) {
            return Finding.WALKED_AROUND;
        }

        @Override
        public Finding judge(Approach approach) {
            return Finding.WALKED_AROUND;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/../auth/login_flow",
                "/api//states",
                "/api/%2e%2e/x",
                "/api/%252e",
                "/a\\b",
                "/x%0d%0aSet-Cookie:%20a=b",
                "/api/%ff",
                "/api/states?authSig=%zz",
                "/api/states?auth%53ig=%zz"
            })
    void whatCannotBeReadInOneWayIsForetold(String target) throws IOException {
        try (TestGate gate = new TestGate(House.USUAL.setting())) {
            List<String> wrong = new ArrayList<>();
            compare(gate, "GET", target, Who.ADA, "", wrong::add);

            assertThat(wrong).isEmpty();
            assertThat(gate.home.received()).isEmpty();
        }
    }

    @Test
    void aTokenThatOnlyHomeAssistantKnowsIsLeftOpen() throws IOException {
        try (TestGate gate = new TestGate()) {
            Rehearsed rehearsed = rehearse(gate, "GET", "/api/x", Who.A_DEAD_TOKEN, "");

            assertThat(((Heard) rehearsed).outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Judged.class,
                            judged ->
                                    assertThat(judged.decision())
                                            .isEqualTo(new AccessDecision.MustAsk()));
        }
    }

    @Test
    void rehearsingLeavesNoTrace() throws IOException {
        Setting setting = House.USUAL.setting();
        try (TestGate gate = new TestGate(setting)) {
            Account ben = gate.facts.admit("ben");
            gate.facts.begin(ben);
            gate.facts.clock.advance(Duration.ofMinutes(10));
            var before = DatabaseContents.of(gate.facts.database);

            for (Who who : Who.values()) {
                for (Route route : gate.routes()) {
                    for (String method : METHODS) {
                        rehearse(gate, method, concrete(route), who, "");
                    }
                }
            }

            assertThat(DatabaseContents.of(gate.facts.database)).isEqualTo(before);
            assertThat(gate.home.connectionCount()).isZero();
            assertThat(gate.seenByHandlers).isEmpty();
            assertThat(gate.sockets).isEmpty();
        }
    }
}
