package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.HouseLog.Entry;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whoever reads a number on a page finds by it every line that was written because of their
/// request, whichever thread wrote it.
final class RequestNumbersTest {

    /// Loops that work on no request.
    private static final List<String> LOOPS =
            List.of(
                    "home-assistant-",
                    "outbox-",
                    "reconciler-",
                    "liveness-",
                    "clock-saver",
                    "sweeper",
                    "shell-names",
                    "main");

    private final ScimHouse scim =
            new ScimHouse(
                    new TestHouse(
                            Plan.USUAL.changed(
                                    SignInChange.of(
                                            LocalLogins.localLogin(LocalLogin.ON),
                                            LocalLogins.NETWORK))));
    private final TestHouse house = scim.house();
    private final VisitorBrowser browser = new VisitorBrowser();
    private final HouseLog log = new HouseLog();

    @AfterEach
    void close() {
        log.close();
        browser.close();
        scim.close();
    }

    private static Predicate<Entry> isOfALoop() {
        return entry -> LOOPS.stream().anyMatch(entry.thread()::startsWith);
    }

    /// Every line that was written meanwhile has the number of a request that came meanwhile.
    private List<Entry> during(Runnable visit) {
        log.forget();
        visit.run();
        List<Entry> entries = log.entries();
        Set<String> came = numbers(entries);
        assertThat(entries)
                .filteredOn(isOfALoop().negate())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(came).contains(entry.request()));
        return entries;
    }

    private static Set<String> numbers(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.isOf("request"))
                .map(Entry::request)
                .collect(Collectors.toSet());
    }

    private static String last(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.isOf("request"))
                .map(Entry::request)
                .reduce("", (_, later) -> later);
    }

    private static void hasTold(List<Entry> entries, String event) {
        assertThat(entries).as(event).anyMatch(entry -> entry.isOf(event));
    }

    @Test
    void aSignInAndWhatFollowsFromIt() {
        List<Entry> signIn = during(() -> house.signIn(browser, "ben"));

        hasTold(signIn, "SignedIn");
        hasTold(signIn, "UserProvisioned");
        assertThat(numbers(signIn)).hasSizeGreaterThan(2);
    }

    @Test
    void whatClientsAskWithTheirTokens() {
        SignedIn ben = house.signIn(browser, "ben");

        during(() -> house.get(browser, "/api/config", ben.accessToken()));
        hasTold(during(() -> house.get(browser, "/api/config", "nonsense")), "refused");
        during(() -> house.refresh(browser, ben.refreshToken(), house.clientId()));
        hasTold(during(() -> house.refresh(browser, "made-up", house.clientId())), "refused");
        during(() -> house.callWebhook(browser, house.registerPhone(browser, ben.accessToken())));
        hasTold(
                during(
                        () ->
                                browser.postForm(
                                        house.at("/auth/revoke"),
                                        Map.of("token", ben.refreshToken()))),
                "GrantRevoked");
    }

    @Test
    void sockets() {
        SignedIn ben = house.signIn(browser, "ben");

        hasTold(
                during(
                        () -> {
                            try (VisitorSocket socket = house.openSocket(browser)) {
                                socket.authenticate("nonsense");
                            }
                        }),
                "refused");
        try (VisitorSocket socket = house.openSocket(browser)) {
            assertThat(socket.authenticate(ben.accessToken())).isEqualTo("auth_ok");
            String number = last(log.entries());
            log.forget();

            String made = LongLivedTokenTest.make(socket, "gps");

            assertThat(made).isNotEmpty();
            hasTold(log.entries(), "LongLivedTokenMade");
            assertThat(log.entries())
                    .filteredOn(isOfALoop().negate())
                    .extracting(Entry::request)
                    .containsOnly(number);
        }
    }

    @Test
    void pagesAndWhatIsTypedThere() {
        hasTold(during(() -> wrongPassword()), "AuthenticationFailed");
        during(() -> browser.get(house.at("/")));
        during(() -> browser.get(house.at("/auth/vestibule/sign-in")));
        during(() -> browser.get(house.at("/static/icons/made-up.png")));
    }

    private void wrongPassword() {
        try (HouseBrowser guest = new HouseBrowser(house, LocalLogins.AWAY)) {
            HouseBrowser.Answer page = guest.follow(guest.get(house.authorizeAddress()));
            guest.post(
                    "/auth/vestibule/local",
                    Map.of(
                            "choice", page.hidden("choice"),
                            "username", "greta",
                            "password", "guessed"));
        }
    }

    @Test
    void thePageHasTheNumberThatTheLinesHave() {
        log.forget();

        Answer page =
                browser.get(house.at("/auth/vestibule/callback/op?code=x&state=" + "s".repeat(43)));

        assertThat(numbers(log.entries()))
                .singleElement()
                .satisfies(number -> assertThat(page.body()).contains(number));
    }

    @Test
    void whatAHomeThatIsAwayMakesFail() {
        SignedIn ben = house.signIn(browser, "ben");
        house.homeAssistant().stop();

        during(() -> house.get(browser, "/api/config", ben.accessToken()));
        during(() -> browser.get(house.at("/static/icons/other.png")));
        hasTold(
                during(() -> house.refresh(browser, ben.refreshToken(), house.clientId())),
                "token-unanswered");
    }

    @Test
    void whatIdentitySystemsSendAndWhatHomeAssistantIsToldBecauseOfIt() {
        try (VisitorBrowser administrator = new VisitorBrowser()) {
            house.signIn(administrator, "ada");
        }
        house.signIn(browser, "ben");
        SentPerson ben = new SentPerson(scim, "ben");

        List<Entry> sent = during(ben::switchOff);

        String number = numbers(sent).iterator().next();
        hasTold(sent, "AccountSuspended");
        Eventually.holds(
                () -> log.entries().stream().anyMatch(entry -> entry.isOf("Converged")),
                () -> log.entries().toString());
        assertThat(log.entries())
                .filteredOn(entry -> entry.isOf("Converged"))
                .extracting(Entry::request)
                .containsOnly(number);
    }
}
