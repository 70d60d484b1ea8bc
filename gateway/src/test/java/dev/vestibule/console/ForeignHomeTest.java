package dev.vestibule.console;

import static dev.vestibule.TestFacts.CABIN;
import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.Role;
import dev.vestibule.grant.GrantSearch;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Request;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.session.SessionSearch;
import dev.vestibule.session.SessionService.NewSession;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Attack: an administrator of the cabin, with the ids of what belongs to the other home.
class ForeignHomeTest {

    private static final AddressWords ADDRESSES =
            new AddressWords(new NetworkConfig(List.of(), List.of()));

    private final TestFacts facts = new TestFacts();
    private final Account ben = facts.admit("ben");
    private final NewSession session = facts.begin(ben);
    private final String grant = facts.issue(ben, session, "one").grant().id().value();
    private final GrantSearch grants = new GrantSearch(facts.database, facts.grants);

    @AfterEach
    void close() {
        facts.close();
    }

    private Steward stewardOf(HomeId home) {
        Account eve = facts.admit("eve of " + home.value());
        return new Steward(
                Visitor.of(post(ConsolePlace.PEOPLE, "")),
                new Insider(facts.begin(eve).session(), eve, Role.ADMIN),
                Set.of(home),
                false,
                true);
    }

    private static Request post(ConsolePlace place, String form) {
        return new Request(
                "request-1",
                CABIN,
                Origin.parse("https://cabin.example").orElseThrow(),
                "POST",
                RequestTarget.parse(place.path()),
                new Headers(
                        List.of(new Header("Content-Type", "application/x-www-form-urlencoded"))),
                new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.1")),
                ClientCertificate.NONE,
                form.getBytes(StandardCharsets.UTF_8));
    }

    private int change(ConsolePage page, ConsolePlace place, HomeId theirs, String form) {
        return page.change(stewardOf(theirs), post(place, form)).status();
    }

    @Test
    void aBrowserOfAnotherHomeIsNotSignedOut() {
        ConsolePage page =
                new SessionsPage(
                        new SessionSearch(facts.database, facts.sessions),
                        facts.sessions,
                        facts.sessionLifecycle,
                        ADDRESSES);
        String form = "session=" + session.session().id().value();

        assertThat(change(page, ConsolePlace.SESSIONS, CABIN, form)).isEqualTo(404);
        assertThat(facts.sessions.find(session.session().id())).isPresent();

        assertThat(change(page, ConsolePlace.SESSIONS, HOME, form)).isEqualTo(302);
        assertThat(facts.sessions.find(session.session().id())).isEmpty();
    }

    @Test
    void whatHasAccessToAnotherHomeIsNeitherEndedNorApproved() {
        ConsolePage page = new GrantsPage(grants, facts.grants, facts.sessionLifecycle, ADDRESSES);
        String end = "change=end&grant=" + grant;

        assertThat(change(page, ConsolePlace.GRANTS, CABIN, end)).isEqualTo(404);
        assertThat(change(page, ConsolePlace.GRANTS, CABIN, "change=approve&grant=" + grant))
                .isEqualTo(404);
        assertThat(facts.audit.newest(100))
                .extracting(line -> line.kind())
                .doesNotContain("GrantEnded", "GrantApproved");

        assertThat(change(page, ConsolePlace.GRANTS, HOME, end)).isEqualTo(302);
    }

    @Test
    void whatIsOpenAtAnotherHomeIsNotCut() {
        ConsolePage page = new ConnectionsPage(grants, facts.grants.revocation());

        assertThat(change(page, ConsolePlace.CONNECTIONS, CABIN, "grant=" + grant)).isEqualTo(404);

        assertThat(change(page, ConsolePlace.CONNECTIONS, HOME, "grant=" + grant)).isEqualTo(302);
    }

    @Test
    void somebodyOfAnotherHomeIsNotThereAndSomebodyOfBothIsSeenAndNotChanged() {
        People people = new People(facts.accounts, Set.of(HOME, CABIN));
        Steward steward = stewardOf(CABIN);
        assertThat(people.find(steward, ben.id().value())).isEmpty();

        assignAtTheCabin(ben);

        assertThat(people.find(steward, ben.id().value())).isPresent();
        assertThat(people.mayChange(steward, ben)).isFalse();
        facts.dropRole(ben.id());
        assertThat(people.mayChange(steward, ben)).isTrue();
    }

    private void assignAtTheCabin(Account person) {
        facts.database.change(
                tx -> {
                    tx.execute(
                            """
                            INSERT INTO home (id, credential_key_sealed, created_at)
                            VALUES ('cabin', 'unused', 0)
                            """);
                    facts.accounts.assignRole(tx, person.id(), CABIN, Role.USER, false);
                });
    }
}
