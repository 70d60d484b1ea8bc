package dev.vestibule;

import static dev.vestibule.Eventually.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.account.AccountId;
import dev.vestibule.breaker.Source;
import dev.vestibule.cli.ControlOutcome.Done;
import dev.vestibule.cli.ControlOutcome.NewToken;
import dev.vestibule.cli.DeprovisioningControl;
import dev.vestibule.cli.LeaveControl.LeaveReport;
import dev.vestibule.leave.Although;
import dev.vestibule.provisioning.HomeState;
import dev.vestibule.testhouse.home.Ambush;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.ScimVisitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What becomes of people whom an identity system sent, and sends away, when the operator takes the
/// gateway away. None of them has ever signed in.
class LeavingSentPeopleTest {

    private static final String CREATE = "config/auth_provider/homeassistant/create";
    private static final String CREATE_USER = "config/auth/create";
    private static final int PEOPLE = 10;

    private final TestHouse house = new TestHouse();
    private final LeavingHouse leaving = new LeavingHouse(house);
    private final ScimVisitor okta = okta();
    private final List<String> ids = new ArrayList<>();

    @AfterEach
    void close() {
        okta.close();
        leaving.close();
    }

    private ScimVisitor okta() {
        NewToken added =
                (NewToken) house.gateway().commands().scimClients().add("okta", "", List.of());
        return new ScimVisitor(house.at("/scim/v2"), added.token().reveal());
    }

    private void send(int people) {
        for (int i = 0; i < people; i++) {
            ids.add(
                    okta.post(
                                    "/Users",
                                    "{\"userName\":\"p%d\",\"displayName\":\"P%d\",\"active\":true}"
                                            .formatted(i, i))
                            .id());
        }
        String members =
                ids.stream()
                        .map(id -> "{\"value\":\"" + id + "\"}")
                        .collect(Collectors.joining(","));
        okta.post("/Groups", "{\"displayName\":\"family\",\"members\":[" + members + "]}");
    }

    private void sendAndAwaitUsers(int people) {
        send(people);
        await(() -> house.gateway().facts().outbox().count() == 0);
        assertThat(house.homeAssistant().users())
                .extracting(HomeUser::name)
                .containsAll(names(0, people));
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "P" + number).toList();
    }

    private int disable(int number) {
        return okta.patch(
                        "/Users/" + ids.get(number),
                        "{\"op\":\"replace\",\"value\":{\"active\":false}}")
                .status();
    }

    private void disableAll() {
        assertThat(IntStream.range(0, 4).map(this::disable)).containsOnly(200);
        assertThat(IntStream.range(4, PEOPLE).map(this::disable)).containsOnly(503);
        await(
                () ->
                        deprovisioning().list().stream()
                                .anyMatch(hold -> hold.leaving().equals("10 of 10")));
    }

    private DeprovisioningControl deprovisioning() {
        return house.gateway().commands().deprovisioning();
    }

    private List<String> handedOut() {
        return leaving.handedOut().keySet().stream().sorted().toList();
    }

    @Test
    void whoNeverSignedInGetsALoginAllTheSame() {
        sendAndAwaitUsers(2);

        leaving.leaveDone();

        assertThat(handedOut()).containsExactly("p0", "p1");
        leaving.expectIn(leaving.user("P0"), "p0", leaving.password("p0"));
        leaving.expectNothingOfOurs(
                house.homeAssistant().refreshTokenIds(leaving.user("P0").id()).getFirst());
    }

    @Test
    void whoWasSentAwayAgainGetsNone() {
        sendAndAwaitUsers(2);
        assertThat(disable(1)).isEqualTo(200);

        leaving.leaveDone();

        assertThat(handedOut()).containsExactly("p0");
        assertThat(leaving.user("P1").isActive()).isFalse();
        assertThat(leaving.user("P1").usernames()).isEmpty();
    }

    /// Home Assistant refused to make the user so far. They never were there, and nothing of them
    /// is afterwards, or holds the leaving up.
    @Test
    void whoWasNotMadeYetLeavesNothingBehind() {
        house.homeAssistant().faults().failCommand(CREATE_USER, "unknown_error");
        send(1);
        await(
                () ->
                        house.gateway().facts().outbox().list().stream()
                                .anyMatch(entry -> !entry.problem().isEmpty()));
        house.homeAssistant().faults().clear();
        List<HomeUser> before = house.homeAssistant().users();

        leaving.leaveDone();

        assertThat(leaving.files()).isEmpty();
        assertThat(house.homeAssistant().users()).isEqualTo(before);
    }

    @Test
    void whoseDepartureIsHeldKeepsNoAccessUnasked() {
        sendAndAwaitUsers(PEOPLE);
        disableAll();

        String plan = LeavingHouse.text(leaving.operator().plan(""));
        LeaveReport refused = leaving.leave();

        assertThat(plan).contains("leaving waits for that", "P4 (p4)", "P9 (p9)");
        assertThat(refused.isDone()).isFalse();
        assertThat(LeavingHouse.text(refused))
                .contains(
                        "P4 (p4)",
                        "P9 (p9)",
                        "Nothing was changed",
                        "--although-departures-are-held")
                .doesNotContain("P3 (p3)");
        assertThat(leaving.state()).isInstanceOf(HomeState.Served.class);
        assertThat(deprovisioning().dismiss("okta")).isInstanceOf(Done.class);
        leaving.leaveDone();
        assertThat(handedOut()).containsExactly("p4", "p5", "p6", "p7", "p8", "p9");
    }

    /// What was allowed is done by the identity system's next try: until then nothing has happened.
    @Test
    void whoMayBeSentAwayHoldsItUpUntilTheyAre() {
        sendAndAwaitUsers(PEOPLE);
        disableAll();
        assertThat(deprovisioning().allow("okta")).isInstanceOf(Done.class);

        assertThat(leaving.leave().isDone()).isFalse();

        assertThat(IntStream.range(4, PEOPLE).map(this::disable)).containsOnly(200);
        leaving.leaveDone();
        assertThat(leaving.files()).isEmpty();
        assertThat(Stream.of("P0", "P9").map(leaving::user)).noneMatch(HomeUser::isActive);
    }

    @Test
    void whoeverMeansItLeavesWithoutDeciding() {
        sendAndAwaitUsers(PEOPLE);
        disableAll();

        LeaveReport report = leaving.operator().leave("", new Although(false, true));

        assertThat(report.isDone()).as(LeavingHouse.text(report)).isTrue();
        assertThat(handedOut()).containsExactly("p4", "p5", "p6", "p7", "p8", "p9");
    }

    /// Attack, or bad luck: they are sent away between two tries, and nobody has decided.
    @Test
    void whoseDepartureIsHeldBetweenTwoTriesHoldsTheSecondUp() {
        sendAndAwaitUsers(6);
        house.homeAssistant().faults().failCommand(CREATE, "unknown_error");
        assertThat(leaving.leave().isDone()).isFalse();
        house.homeAssistant().faults().clear();
        theProviderSendsEverybodyAway();

        LeaveReport second = leaving.leave();

        assertThat(second.isDone()).isFalse();
        assertThat(LeavingHouse.text(second))
                .contains("P0 (p0)", "P5 (p5)", "nothing is lost")
                .doesNotContain("Nothing was changed");
    }

    @Test
    void whoseDepartureIsHeldDuringATryGetsNoLoginByIt() {
        sendAndAwaitUsers(6);
        Ambush first = house.homeAssistant().faults().ambush(CREATE, Ambush.Moment.BEFORE);
        var left = CompletableFuture.supplyAsync(leaving::leave);
        first.await();
        theProviderSendsEverybodyAway();

        first.release();

        assertThat(left.join().isDone()).isFalse();
        assertThat(LeavingHouse.text(left.join())).contains("was to lose their access meanwhile");
        assertThat(handedOut()).hasSize(1);
    }

    private void theProviderSendsEverybodyAway() {
        Set<AccountId> everybody =
                IntStream.range(0, ids.size())
                        .mapToObj(number -> house.account("p" + number).id())
                        .collect(Collectors.toSet());
        house.gateway()
                .facts()
                .adoption()
                .database()
                .change(
                        tx ->
                                house.breaker()
                                        .check(
                                                tx,
                                                new Source.Provider("op"),
                                                everybody,
                                                everybody.size()));
        await(() -> house.breaker().undecided().equals(everybody));
    }
}
