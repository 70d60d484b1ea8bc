package dev.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.proxy.KeyPage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Each step of the demo's walk, broken on purpose from outside: that step fails and says why, and
/// the walk ends there. A step that nothing can break would show nothing.
@Timeout(120)
class BrokenDemoTest {

    @Test
    void anonymousKeptOutFailsWhereTheShellIsOpen() {
        Walk walk = new Walk().at(BrokenDemoTest::withOpenShell);

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail anonymous-kept-out bytes of an anonymous request reached Home"
                                + " Assistant");
    }

    @Test
    void signInFailsWhereTheProviderIsAway() {
        Walk walk = new Walk().after("anonymous-kept-out", house -> house.provider().goAway());

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail sign-in the sign-in ended with 503, The identity provider cannot be"
                                + " reached");
    }

    @Test
    void signInFailsWhereHomeAssistantLetsNobodySignIn() {
        Walk walk =
                new Walk()
                        .after(
                                "anonymous-kept-out",
                                house -> house.home().faults().answer("/auth/login_flow", 500));

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail sign-in the sign-in ended with 503, Home Assistant is not answering");
    }

    @Test
    void provisionedFailsWhereAGroupLeadsToAnotherRole() {
        Walk walk =
                new Walk()
                        .at(
                                home ->
                                        withRoles(
                                                home,
                                                new RolesConfig(
                                                        Set.of("family"),
                                                        Set.of(),
                                                        Set.of(),
                                                        List.of())));

        assertThat(walk.lastLine()).isEqualTo("fail provisioned the groups are [system-admin]");
    }

    @Test
    void provisionedFailsWhereAUserOfThisNameIsThereTwice() {
        Walk walk =
                new Walk()
                        .after(
                                "sign-in",
                                house ->
                                        house.home()
                                                .addUser(
                                                        "Ben",
                                                        "ben",
                                                        "a password",
                                                        "system-users"));

        assertThat(walk.lastLine()).isEqualTo("fail provisioned 2 users were made for one person");
    }

    @Test
    void tokenFailsWhereHomeAssistantGivesNone() {
        Walk walk =
                new Walk()
                        .after(
                                "provisioned",
                                house -> house.home().faults().answer("/auth/token", 500));

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail token the exchange of the code was answered with 503"
                                + " {\"error\":\"temporarily_unavailable\"}");
    }

    @Test
    void websocketFailsWhereHomeAssistantOpensNone() {
        Walk walk =
                new Walk()
                        .after(
                                "token",
                                house -> house.home().faults().answer("/api/websocket", 500));

        assertThat(walk.lastLine()).isEqualTo("fail websocket the websocket was closed with 1013");
    }

    @Test
    void websocketFailsWhereTheConnectionIsCut() {
        Walk walk =
                new Walk()
                        .after(
                                "token",
                                house ->
                                        house.home().faults().cutAfterCommand("auth/current_user"));

        assertThat(walk.lastLine()).isEqualTo("fail websocket the websocket was closed with 1001");
    }

    @Test
    void serviceCallFailsWhereNothingIsSwitched() {
        Walk walk =
                new Walk()
                        .after(
                                "websocket",
                                house ->
                                        house.home()
                                                .faults()
                                                .failCommand("call_service", "unauthorized"));

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail service-call the command failed: {\"id\":2,\"type\":\"result\","
                                + "\"success\":false,\"error\":{\"code\":\"unauthorized\","
                                + "\"message\":\"Told to fail\"}}");
    }

    @Test
    void refreshFailsWhereHomeAssistantRefusesIt() {
        Walk walk =
                new Walk()
                        .after(
                                "service-call",
                                house -> house.home().faults().answer("/auth/token", 500));

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail refresh the refresh was answered with 503"
                                + " {\"error\":\"temporarily_unavailable\"}");
    }

    @Test
    void revokeClosesSocketFailsWhereItWasClosedByAnythingElse() {
        Walk walk = new Walk().after("refresh", house -> house.home().closeSockets());

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail revoke-closes-socket the websocket closed with 1000 instead of 1008");
    }

    @Test
    void refusedPersonFailsWhereEverybodyHasARole() {
        Walk walk =
                new Walk()
                        .at(
                                home ->
                                        withRoles(
                                                home,
                                                new RolesConfig(
                                                        Set.of("house-admins"),
                                                        Set.of("family"),
                                                        Set.of(),
                                                        List.of(Role.USER))));

        assertThat(walk.lastLine())
                .isEqualTo("fail refused-person a person without a role got 302 instead of 403");
    }

    @Test
    void suspendedEverythingDeadFailsWhereSomethingNeverLived() {
        Walk walk =
                new Walk()
                        .after(
                                "refused-person",
                                house -> house.home().faults().answer("/api/webhook", 500));

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail suspended-everything-dead the phone's live webhook got 500 instead of"
                                + " 200");
    }

    @Test
    void suspendedEverythingDeadFailsWhereHomeAssistantDeactivatesNobody() {
        Walk walk = new Walk().after("refused-person", BrokenDemoTest::changeNoUsers);

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail suspended-everything-dead Home Assistant does not agree that Ben is"
                                + " out");
    }

    @Test
    void suspendedWhileHomeDownFailsWhereHomeAssistantComesBackAndDeactivatesNobody() {
        Walk walk = new Walk().after("suspended-everything-dead", BrokenDemoTest::changeNoUsers);

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail suspended-while-home-down Home Assistant does not agree that Gwen is"
                                + " out");
    }

    @Test
    void restoredOldTokensStayDeadFailsWhereHomeAssistantActivatesNobody() {
        Walk walk = new Walk().after("suspended-while-home-down", BrokenDemoTest::changeNoUsers);

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail restored-old-tokens-stay-dead Home Assistant does not let Ben in"
                                + " again");
    }

    @Test
    void restoredOldTokensStayDeadFailsWhereBenWasLetInBefore() {
        Walk walk =
                new Walk()
                        .after(
                                "suspended-while-home-down",
                                house -> house.commands().restore(DemoHouse.FAMILY_MEMBER));

        assertThat(walk.lastLine())
                .isEqualTo("fail restored-old-tokens-stay-dead Ben was not restored");
    }

    /// Its word cannot be verified then.
    @Test
    void backChannelLogoutFailsWhereTheProviderSignsWithAKeyThatNobodyCanFetch() {
        Walk walk =
                new Walk()
                        .after(
                                "restored-old-tokens-stay-dead",
                                house -> {
                                    house.provider().rotateKeys();
                                    house.provider().goAway();
                                });

        assertThat(walk.lastLine())
                .isEqualTo("fail back-channel-logout the provider's word got 503 instead of 200");
    }

    @Test
    void scimCreateFailsWhereTheClientIsRemoved() {
        Walk walk =
                new Walk()
                        .after(
                                "back-channel-logout",
                                house -> house.commands().scimClients().remove(ScimWalk.DIRECTORY));

        assertThat(walk.lastLine()).startsWith("fail scim-create the creation got 401");
    }

    @Test
    void scimGroupRoleFailsWhereHomeAssistantMakesNobody() {
        Walk walk =
                new Walk()
                        .after(
                                "scim-create",
                                house ->
                                        house.home()
                                                .faults()
                                                .failCommand("config/auth/create", "no"));

        assertThat(walk.lastLine())
                .isEqualTo("fail scim-group-role Home Assistant has no user Sam among its users");
    }

    @Test
    void scimDeactivateFailsWhereHomeAssistantDeactivatesNobody() {
        Walk walk = new Walk().after("scim-group-role", BrokenDemoTest::changeNoUsers);

        assertThat(walk.lastLine())
                .isEqualTo(
                        "fail scim-deactivate-closes-socket Home Assistant does not agree that Sam"
                                + " is out");
    }

    @Test
    void scimForeignTenantBlindFailsWhereTheForeignClientIsNone() {
        Walk walk =
                new Walk()
                        .after(
                                "scim-deactivate-closes-socket",
                                house -> house.commands().scimClients().remove(ScimWalk.FOREIGN));

        assertThat(walk.lastLine())
                .startsWith("fail scim-foreign-tenant-blind a foreign client sees");
    }

    @Test
    void kioskFailsWhereNobodyWroteOfATablet() {
        Walk walk =
                new Walk()
                        .at(home -> withWaysIn(home, Defaults.SIGN_IN))
                        .after("scim-foreign-tenant-blind", house -> house.provider().goAway());

        assertThat(walk.lastLine()).startsWith("fail kiosk the sign-in ended with 503");
    }

    @Test
    void handOffFailsWhereTheProviderIsAway() {
        Walk walk = new Walk().after("kiosk", house -> house.provider().goAway());

        assertThat(walk.lastLine()).startsWith("fail hand-off ");
    }

    @Test
    void consentFailsWhereUnknownClientsAreRefused() {
        Walk walk = new Walk().at(home -> withClients(home, Defaults.CLIENTS));

        assertThat(walk.lastLine())
                .startsWith("fail consent-for-unknown-client no page asked for consent, but 403, ");
    }

    @Test
    void assertionFailsWhereTheProxyShowsNoKeys() {
        Walk walk =
                new Walk().after("kiosk", house -> house.proxy().answerKeysWith(KeyPage.BROKEN));

        assertThat(walk.lastLine())
                .isEqualTo("fail assertion the proxy's person came in as \"Ben\"");
    }

    @Test
    void localLoginOffFailsWhereItIsOn() {
        SignInConfig usual = Defaults.SIGN_IN;
        Walk walk =
                new Walk()
                        .at(
                                home ->
                                        withWaysIn(
                                                home,
                                                new SignInConfig(
                                                        LocalLogin.ON,
                                                        usual.linking(),
                                                        usual.passkeys(),
                                                        usual.apps(),
                                                        usual.breakGlass(),
                                                        home.signIn().kiosks())));

        assertThat(walk.lastLine()).startsWith("fail sign-in ");
    }

    @Test
    void breakGlassFailsWhereHomeAssistantMakesNobody() {
        Walk walk =
                new Walk()
                        .after(
                                "local-login-off",
                                house ->
                                        house.home()
                                                .faults()
                                                .failCommand(
                                                        "config/auth/create", "unknown_error"));

        assertThat(walk.lastLine()).startsWith("fail break-glass ");
    }

    private static void changeNoUsers(DemoHouse house) {
        house.home().faults().failCommand("config/auth/update", "unknown_error");
    }

    @Test
    void aWalkThatBreaksItselfFailsItsStepToo() {
        Walk walk = new Walk().after("websocket", house -> house.home().close());

        assertThat(walk.lastLine()).startsWith("fail service-call the walk itself broke: java.");
    }

    private static HomeConfig withOpenShell(HomeConfig home) {
        RoutesConfig routes =
                new RoutesConfig(
                        RoutesConfig.Shell.OPEN,
                        home.routes().publicFiles(),
                        home.routes().capability());
        return new HomeConfig(
                home.name(),
                home.publicUrl(),
                home.origins(),
                home.insecureHttp(),
                home.homeAssistant(),
                home.roles(),
                routes,
                home.session(),
                home.apps(),
                home.signIn(),
                home.clients(),
                home.existingTokens(),
                home.longLivedTokens(),
                home.webhookMigration());
    }

    private static HomeConfig withRoles(HomeConfig home, RolesConfig roles) {
        return new HomeConfig(
                home.name(),
                home.publicUrl(),
                home.origins(),
                home.insecureHttp(),
                home.homeAssistant(),
                roles,
                home.routes(),
                home.session(),
                home.apps(),
                home.signIn(),
                home.clients(),
                home.existingTokens(),
                home.longLivedTokens(),
                home.webhookMigration());
    }

    private static HomeConfig withWaysIn(HomeConfig home, SignInConfig waysIn) {
        return withEntrances(home, waysIn, home.clients());
    }

    private static HomeConfig withClients(HomeConfig home, ClientsConfig clients) {
        return withEntrances(home, home.signIn(), clients);
    }

    private static HomeConfig withEntrances(
            HomeConfig home, SignInConfig waysIn, ClientsConfig clients) {
        return new HomeConfig(
                home.name(),
                home.publicUrl(),
                home.origins(),
                home.insecureHttp(),
                home.homeAssistant(),
                home.roles(),
                home.routes(),
                home.session(),
                home.apps(),
                waysIn,
                clients,
                home.existingTokens(),
                home.longLivedTokens(),
                home.webhookMigration());
    }

    /// One walk through a house in which something is wrong.
    private static final class Walk {

        private static final long RECORD_BYTES_MAX = 16 * 1024 * 1024;

        private UnaryOperator<HomeConfig> variation = UnaryOperator.identity();
        private String breakAfter = "";
        private Consumer<DemoHouse> harm = _ -> {};

        /// @param otherHome makes another home of the usual one
        Walk at(UnaryOperator<HomeConfig> otherHome) {
            variation = otherHome;
            return this;
        }

        /// @param step breaks once this one was ok
        Walk after(String step, Consumer<DemoHouse> doing) {
            breakAfter = step;
            harm = doing;
            return this;
        }

        String lastLine() {
            try (DemoHouse house =
                            DemoHouse.start(LoopbackPort.free(), RECORD_BYTES_MAX, variation);
                    Lines lines = new Lines("ok " + breakAfter + " ", () -> harm.accept(house));
                    DemoCheck check = new DemoCheck(house, new PrintWriter(lines))) {
                boolean isOk = check.run();
                List<String> printed = lines.toString().lines().toList();
                assertThat(isOk).as(printed.toString()).isFalse();
                assertThat(printed.subList(0, printed.size() - 1))
                        .allMatch(line -> line.startsWith("ok "));
                return printed.getLast();
            }
        }
    }

    /// What was printed; does something as soon as a line begins in a certain way.
    private static final class Lines extends StringWriter {

        private final String trigger;
        private final Runnable action;
        private boolean isDone;

        Lines(String trigger, Runnable action) {
            this.trigger = trigger;
            this.action = action;
        }

        @Override
        public void flush() {
            if (!isDone && toString().contains(trigger)) {
                isDone = true;
                action.run();
            }
        }

        @Override
        public void close() {}
    }
}
