package dev.vestibule.console;

import static dev.vestibule.TestFacts.CABIN;
import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Lifetimes;
import dev.vestibule.config.Origin;
import dev.vestibule.config.Role;
import dev.vestibule.console.ConsoleDoor.Entry;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Request;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.policy.Places;
import dev.vestibule.policy.Presence;
import dev.vestibule.session.Reach;
import dev.vestibule.session.SessionCookie;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Insiders;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who comes in, and to which homes, at a gateway that has two.
class ConsoleDoorTest {

    private final TestFacts facts = new TestFacts();
    private final Ties ties = new Ties();
    private final Account ada = facts.admit("ada");
    private final ConsoleDoor door =
            new ConsoleDoor(
                    facts.clock,
                    new Insiders(facts.sessions, facts.accounts, ties),
                    facts.accounts,
                    HOME,
                    Set.of(HOME, CABIN));

    /// Homes that let in nobody from where the test is.
    private static final class Ties implements Places {

        private final Set<HomeId> homes = new HashSet<>();

        @Override
        public Optional<Verdict> known(HomeId home, AccountId account, Presence presence) {
            return Optional.empty();
        }

        @Override
        public Verdict judge(HomeId home, AccountId account, Presence presence) {
            return homes.contains(home) ? Verdict.NOT_AT_HOME : Verdict.HERE;
        }

        @Override
        public Optional<Verdict> foresee(HomeId home, AccountId account, Presence presence) {
            return Optional.of(judge(home, account, presence));
        }
    }

    @BeforeEach
    void theCabinIsThere() {
        facts.database.change(
                tx ->
                        tx.execute(
                                """
                                INSERT INTO home (id, credential_key_sealed, created_at)
                                VALUES ('cabin', 'unused', 0)
                                """));
    }

    @AfterEach
    void close() {
        facts.close();
    }

    private void assign(HomeId home, Role role) {
        facts.database.change(tx -> facts.accounts.assignRole(tx, ada.id(), home, role, false));
    }

    private String cookieAt(HomeId home) {
        Beginning beginning =
                new Beginning(
                        home,
                        TestFacts.ISSUER,
                        "",
                        SignInWay.PROVIDER,
                        facts.clock.instant(),
                        Lifetimes.NEVER,
                        Reach.ANYWHERE,
                        "192.0.2.1",
                        "a browser");
        return facts.sessions.begin(ada, beginning).orElseThrow().cookie().reveal();
    }

    private Entry enter(HomeId home, ConsolePlace place, String cookie, Header... besides) {
        List<Header> all = new ArrayList<>(List.of(besides));
        all.add(new Header("Cookie", SessionCookie.name(true) + "=" + cookie));
        Headers headers = new Headers(all);
        return door.enter(
                new Request(
                        "request-1",
                        home,
                        Origin.parse("https://" + home.value() + ".example").orElseThrow(),
                        "GET",
                        RequestTarget.parse(place.path()),
                        headers,
                        new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.1")),
                        ClientCertificate.NONE,
                        new byte[0]),
                place);
    }

    private Set<HomeId> homes(HomeId at) {
        return enter(at, ConsolePlace.PEOPLE, cookieAt(at)) instanceof Entry.Entered(var steward)
                ? steward.homes()
                : Set.of();
    }

    private boolean mayEnter(HomeId at, ConsolePlace place) {
        return enter(at, place, cookieAt(at)) instanceof Entry.Entered;
    }

    @Test
    void whoAdministersBothHomesHasBothAtTheFirstHomesAddress() {
        assign(HOME, Role.ADMIN);
        assign(CABIN, Role.ADMIN);

        assertThat(homes(HOME)).containsExactlyInAnyOrder(HOME, CABIN);
        assertThat(mayEnter(HOME, ConsolePlace.AUDIT)).isTrue();
    }

    /// Attack: the Home Assistant of the cabin serves a script, which asks the console at its own
    /// address for what belongs to the other home, or to both.
    @Test
    void whatTheCabinServesReachesTheCabinAlone() {
        assign(HOME, Role.ADMIN);
        assign(CABIN, Role.ADMIN);

        assertThat(homes(CABIN)).containsExactly(CABIN);
        for (ConsolePlace place : ConsolePlace.values()) {
            assertThat(mayEnter(CABIN, place))
                    .as(place.path())
                    .isEqualTo(place.reach() == ConsolePlace.Reach.OWN_HOMES);
        }
    }

    @Test
    void whoAdministersOneHomeHasThatOne() {
        assign(HOME, Role.USER);
        assign(CABIN, Role.ADMIN);

        assertThat(homes(CABIN)).containsExactly(CABIN);
        assertThat(homes(HOME)).isEmpty();
    }

    /// Attack: an administrator who may come in at one home from there only, from elsewhere by the
    /// console of another.
    @Test
    void aHomeThatIsNotOpenFromHereIsNotOpenByAnotherOne() {
        assign(HOME, Role.ADMIN);
        assign(CABIN, Role.ADMIN);
        ties.homes.add(CABIN);

        assertThat(homes(CABIN)).isEmpty();
        assertThat(homes(HOME)).containsExactly(HOME);
        assertThat(mayEnter(HOME, ConsolePlace.AUDIT)).isFalse();
    }

    private boolean isInAfterTwoLooksByItself(ConsolePlace place) {
        String cookie = cookieAt(HOME);
        Header itself = new Header("HX-Request", "true");
        facts.clock.advance(Duration.ofDays(10));
        assertThat(enter(HOME, place, cookie, itself)).isInstanceOf(Entry.Entered.class);
        facts.clock.advance(Duration.ofDays(10));
        return enter(HOME, place, cookie, itself) instanceof Entry.Entered;
    }

    @Test
    void aPageThatLooksForNewsByItselfKeepsNobodySignedIn() {
        assign(HOME, Role.ADMIN);

        assertThat(isInAfterTwoLooksByItself(ConsolePlace.CONNECTIONS)).isFalse();
    }

    /// Attack: with a stolen cookie, each request says that a page made it by itself, so that the
    /// list of browsers shows a session that nobody uses.
    @Test
    void whatNoPageDoesByItselfIsAUseWhateverTheRequestSays() {
        assign(HOME, Role.ADMIN);

        assertThat(isInAfterTwoLooksByItself(ConsolePlace.PEOPLE)).isTrue();
    }
}
