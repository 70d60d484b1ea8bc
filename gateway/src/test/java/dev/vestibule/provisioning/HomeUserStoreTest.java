package dev.vestibule.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Profile;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.config.HomeId;
import dev.vestibule.metric.Meters;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.TestDatabase;
import dev.vestibule.testhouse.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Set;

class HomeUserStoreTest {

    private static final HomeId HOME = new HomeId("home");

    private final TestDatabase database = new TestDatabase();
    private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final Secrets secrets = new Secrets();
    private final AuditLog audit =
            new AuditLog(
                    clock,
                    secrets,
                    database.database(),
                    new AuthenticationFailures(clock),
                    new Meters());
    private final HomeUserStore store =
            new HomeUserStore(clock, secrets, database.database(), audit);
    private AccountId ada = new AccountId("");
    private AccountId bob = new AccountId("");

    @BeforeEach
    void makeHomeAndAccounts() {
        TestRows.home(database.database(), HOME);
        ada = account("ada");
        bob = account("bob");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void givesAnAccountOneHiddenNameForGood() {
        HomeUser first = store.findOrBegin(ada, HOME);
        HomeUser second = store.findOrBegin(ada, HOME);

        assertThat(first).isInstanceOf(HomeUser.Pending.class).isEqualTo(second);
        assertThat(first.hiddenName().username()).matches("vst-[0-9a-f-]{36}");
        assertThat(store.findOrBegin(bob, HOME).hiddenName()).isNotEqualTo(first.hiddenName());
    }

    @Test
    void remembersWhoseUserWasMade() {
        HomeUser begun = store.findOrBegin(ada, HOME);
        store.finishMade(ada, HOME, "u1", "192.0.2.7");

        assertThat(store.findOrBegin(ada, HOME))
                .isEqualTo(new HomeUser.Ready(begun.hiddenName(), "u1", false));
        assertThat(store.accountOf(HOME, "u1")).contains(ada);
        assertThat(store.userIdOf(ada, HOME)).contains("u1");
        assertThat(audit.newest(5))
                .extracting(AuditLog.Line::kind)
                .containsExactly("UserProvisioned");
    }

    private static final Actor ADA = new Actor("account ada", "192.0.2.7");

    private AttachResult attach(AccountId account, String userId) {
        return database.database()
                .inTransaction(
                        tx -> store.attach(tx, account, HOME, userId, ADA, Inheritance.NOTHING));
    }

    @Test
    void aUserIsAttachedOnceAndToOneAccount() {
        assertThat(attach(ada, "owner")).isEqualTo(AttachResult.Attached.SIMPLY);
        assertThat(attach(bob, "owner")).isEqualTo(new AttachResult.UserTaken(ada));
        assertThat(attach(ada, "other")).isEqualTo(new AttachResult.AccountHasUser());
        assertThat(store.userIdOf(ada, HOME)).contains("owner");
        assertThat(audit.newest(5))
                .extracting(AuditLog.Line::kind, AuditLog.Line::address)
                .containsExactly(tuple("UserAttached", "192.0.2.7"));
        assertThat(audit.newest(5).getFirst().detail()).contains("\"by\":\"account ada\"");
    }

    @Test
    void anAttachedUserIsNeverForgotten() {
        attach(ada, "owner");
        store.finishAttached(ada, HOME, "owner");
        store.beginAgain(ada, HOME);

        assertThat(store.findOrBegin(ada, HOME))
                .isInstanceOfSatisfying(
                        HomeUser.Ready.class, ready -> assertThat(ready.isAttached()).isTrue());
    }

    @Test
    void aMadeUserThatIsNoMoreIsMadeAgainUnderTheSameHiddenName() {
        HomeUser begun = store.findOrBegin(ada, HOME);
        store.finishMade(ada, HOME, "u1", "192.0.2.7");
        store.beginAgain(ada, HOME);

        assertThat(store.findOrBegin(ada, HOME)).isEqualTo(begun);
        assertThat(store.accountOf(HOME, "u1")).isEmpty();
    }

    private AccountId account(String name) {
        Account made =
                database.database()
                        .inTransaction(
                                tx ->
                                        new AccountStore(
                                                        clock,
                                                        secrets,
                                                        database.database(),
                                                        Set.of(HOME))
                                                .create(
                                                        tx,
                                                        new Profile(name, name),
                                                        AccountOrigin.OIDC));
        return made.id();
    }
}
