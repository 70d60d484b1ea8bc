package dev.vestibule.login;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Issuer;
import dev.vestibule.admission.Destination;
import dev.vestibule.config.HomeId;
import dev.vestibule.login.PendingSignInStore.Binding;
import dev.vestibule.oidc.CodeVerifier;
import dev.vestibule.oidc.Nonce;
import dev.vestibule.oidc.PendingSignIn;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.oidc.State;
import dev.vestibule.secret.Sealer.SealBroken;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.TokenHash;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class PendingSignInStoreTest {

    private static final State STATE = new State(new Secret("state"));
    private static final Binding BINDING = new Binding(HOME, "id0", TokenHash.of("browser").hex());

    private final TestFacts facts = new TestFacts();
    private final PendingSignInStore store =
            new PendingSignInStore(facts.clock, facts.database, facts.sealer, 100);

    @AfterEach
    void close() {
        facts.close();
    }

    private void insert() {
        PendingSignIn pending =
                new PendingSignIn(
                        STATE,
                        new Nonce(new Secret("the-nonce")),
                        new CodeVerifier(new Secret("the-verifier")),
                        URI.create("https://home.example.org/auth/vestibule/callback/id0"),
                        new Issuer("https://id.example"),
                        Prompt.AS_NEEDED,
                        facts.clock.instant());
        assertThat(store.insert(BINDING, pending, new Onward.To(new Destination.Page("/"))))
                .isTrue();
    }

    @Test
    void belongsToItsHomeItsProviderAndItsBrowser() {
        insert();

        assertThat(store.consume(STATE, new Binding(new HomeId("cabin"), "id0", BINDING.browser())))
                .isEmpty();
        assertThat(store.consume(STATE, new Binding(HOME, "id1", BINDING.browser()))).isEmpty();
        assertThat(store.consume(STATE, new Binding(HOME, "id0", TokenHash.of("other").hex())))
                .isEmpty();
        assertThat(store.consume(STATE, Binding.ofHandOff(HOME, "id0"))).isEmpty();
        assertThat(store.consume(new State(new Secret("other")), BINDING)).isEmpty();
        assertThat(store.consume(STATE, BINDING)).isPresent();
    }

    @Test
    void isTakenOutOnceHoweverManyAskAtOnce() throws Exception {
        insert();
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            callers.add(
                    Thread.startVirtualThread(
                            () -> {
                                awaitUninterrupted(start);
                                store.consume(STATE, BINDING)
                                        .ifPresent(_ -> taken.incrementAndGet());
                            }));
        }
        start.countDown();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(taken).hasValue(1);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void runsOut() {
        insert();
        facts.clock.advance(PendingSignInStore.LIFETIME);

        assertThat(store.consume(STATE, BINDING)).isEmpty();
        assertThat(store.sweep()).isEqualTo(1);
    }

    @Test
    void aCopyOfTheDatabaseShowsNeitherStateNorNonceNorVerifier() {
        insert();

        String row =
                facts.database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT state_hash || browser_hash || nonce_sealed
                                                       || code_verifier_sealed || destination
                                                  FROM pending_sign_in
                                                """)
                                        .mapTo(String.class)
                                        .one());
        assertThat(row).doesNotContain("the-nonce", "the-verifier");
        assertThat(row).startsWith(TokenHash.of("state").hex());
    }

    @Test
    void aNonceMovedToAnotherSignInDoesNotOpen() {
        insert();
        facts.database.change(
                tx ->
                        tx.execute(
                                """
                                UPDATE pending_sign_in SET nonce_sealed = code_verifier_sealed
                                """));

        assertThatThrownBy(() -> store.consume(STATE, BINDING)).isInstanceOf(SealBroken.class);
    }
}
