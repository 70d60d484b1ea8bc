package dev.vestibule.revocation;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.connection.Connections;
import dev.vestibule.connection.Cut;
import dev.vestibule.grant.AdoptionResult;
import dev.vestibule.grant.GrantOwner;
import dev.vestibule.grant.GrantService.Existing;
import dev.vestibule.grant.IssuedGrant;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.grant.LongLivedToken;
import dev.vestibule.grant.RefreshLookup;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionService.NewSession;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What ends by itself: browsers after 14 days without use or 90 days, apps after 90 days without
/// use, as the defaults have it.
class LifetimesTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final TestFacts facts = new TestFacts();
    private final Account ada = facts.admit("ada");
    private final NewSession session = facts.begin(ada);
    private final IssuedGrant browser = facts.issue(ada, session, "1");
    private final Secret phoneToken = new Secret("the phone's");
    private final LiveGrant phone = adopt("phone", phoneToken);
    private final List<Cut> cuts = new ArrayList<>();

    private LiveGrant adopt(String name, Secret refreshToken) {
        AdoptionResult result =
                facts.grants.adopt(
                        new Existing(
                                HOME,
                                new GrantOwner.Person(ada.id(), ada.epoch()),
                                "id-" + name,
                                "https://home-assistant.io/iOS",
                                name,
                                "192.0.2.1"),
                        refreshToken);
        return ((AdoptionResult.Live) result).grant();
    }

    @AfterEach
    void close() {
        facts.close();
    }

    @Test
    void anIdleBrowserTakesWhatItWasGivenAlongAndLeavesTheAppAlone() {
        facts.clock.advance(DAY.multipliedBy(15));

        assertThat(facts.sessionLifecycle.endRunOut(HOME)).isEqualTo(1);

        assertThat(browser.grant().isLive()).isFalse();
        assertThat(session.session().isLive()).isFalse();
        assertThat(facts.tokensToEnd()).containsExactly("inner-1");
        assertThat(facts.grants.findByRefreshToken(HOME, phoneToken))
                .isInstanceOf(RefreshLookup.Found.class);
    }

    @Test
    void whatIsOpenIsInUse() {
        Connections.Registration open = browser.grant().connections().register(cuts::add);
        for (int day = 0; day < 60; day++) {
            facts.clock.advance(DAY);
            assertThat(facts.sessionLifecycle.endRunOut(HOME)).isZero();
        }
        open.close();
        facts.clock.advance(DAY.multipliedBy(15));

        assertThat(facts.sessionLifecycle.endRunOut(HOME)).isEqualTo(1);
        assertThat(cuts).isEmpty();
    }

    @Test
    void aBrowserEndsAfterItsTimeWhateverItHasOpen() {
        phone.connections().register(_ -> {});
        browser.grant().connections().register(cuts::add);
        for (int day = 0; day < 89; day++) {
            facts.clock.advance(DAY);
            assertThat(facts.sessionLifecycle.endRunOut(HOME)).isZero();
        }

        facts.clock.advance(DAY);
        assertThat(facts.sessionLifecycle.endRunOut(HOME)).isEqualTo(1);

        assertThat(cuts).containsExactly(Cut.ENDED);
    }

    @Test
    void aClientThatIsRefreshedKeepsItsBrowserSignedIn() {
        for (int i = 0; i < 8; i++) {
            facts.clock.advance(DAY.multipliedBy(10));
            assertThat(facts.sessions.noteUse(HOME, session.session().id())).isTrue();
            assertThat(facts.sessionLifecycle.endRunOut(HOME)).isZero();
        }
    }

    @Test
    void aSessionThatHasRunOutIsNotWokenByARefresh() {
        facts.clock.advance(DAY.multipliedBy(15));

        assertThat(facts.sessions.noteUse(HOME, session.session().id())).isFalse();
    }

    @Test
    void anAppThatWasNotUsedForTooLongIsSignedOutAlsoBeforeItIsSwept() {
        facts.clock.advance(DAY.multipliedBy(89));
        assertThat(facts.grants.findByRefreshToken(HOME, phoneToken))
                .isInstanceOf(RefreshLookup.Found.class);
        facts.clock.advance(DAY.multipliedBy(90));

        assertThat(facts.grants.findByRefreshToken(HOME, phoneToken))
                .isInstanceOf(RefreshLookup.Ended.class);
        assertThat(facts.sessionLifecycle.endRunOut(HOME)).isEqualTo(2);
        assertThat(phone.isLive()).isFalse();
        assertThat(facts.tokensToEnd()).containsExactlyInAnyOrder("inner-1", "the phone's");
    }

    @Test
    void anAppThatHasSomethingOpenIsInUse() {
        phone.connections().register(cuts::add);
        facts.clock.advance(DAY.multipliedBy(91));

        assertThat(facts.sessionLifecycle.endRunOut(HOME)).as("the browser only").isEqualTo(1);

        assertThat(phone.isLive()).isTrue();
        assertThat(facts.grants.findByRefreshToken(HOME, phoneToken))
                .isInstanceOf(RefreshLookup.Found.class);
    }

    @Test
    void aLongLivedTokenEndsWithItsDate() {
        LiveGrant script =
                facts.grants
                        .addLongLived(
                                HOME,
                                ada.id(),
                                new LongLivedToken(
                                        browser.grant().id(),
                                        "id-script",
                                        "script",
                                        facts.clock.instant().plus(DAY),
                                        "192.0.2.1"))
                        .orElseThrow();
        script.connections().register(cuts::add);
        assertThat(facts.sessionLifecycle.endRunOut(HOME)).isZero();
        facts.clock.advance(DAY);

        assertThat(facts.sessionLifecycle.endRunOut(HOME)).isEqualTo(1);

        assertThat(script.isLive()).isFalse();
        assertThat(cuts).containsExactly(Cut.ENDED);
    }

    /// Such as a long-lived token of a script, which has a date of its own.
    @Test
    void whatHasNoRefreshTokenHasATimeOfItsOwn() {
        AdoptionResult script =
                facts.grants.adopt(
                        new Existing(
                                HOME,
                                new GrantOwner.Person(ada.id(), ada.epoch()),
                                "id-script",
                                "",
                                "script",
                                "192.0.2.1"));
        facts.clock.advance(DAY.multipliedBy(1_000));

        facts.sessionLifecycle.endRunOut(HOME);

        assertThat(((AdoptionResult.Live) script).grant().isLive()).isTrue();
    }
}
