package dev.vestibule.handoff;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.admission.ClientKind;
import dev.vestibule.admission.ClientRequest;
import dev.vestibule.admission.Proof;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.handoff.HandOffStore.Opening;
import dev.vestibule.http.Headers;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.ShortCode;
import dev.vestibule.session.SignInWay;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.Visitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class HandOffStoreTest {

    private static final ClientRequest APP =
            new ClientRequest(
                    "https://home-assistant.io/iOS",
                    "homeassistant://auth-callback",
                    "",
                    "",
                    ClientKind.APP,
                    "Home Assistant for iOS");
    private static final Proof PROOF = new Proof(SignInWay.PASSKEY, "a-passkey");
    private static final ShortCode WRONG = new ShortCode("22222222");

    private final TestFacts facts = new TestFacts();
    private final HandOffStore store =
            new HandOffStore(facts.clock, facts.secrets, facts.database, 3);
    private final Browser browser = new Browser(new Secret("the app's view"));
    private final Account ada = facts.admit("ada");

    @AfterEach
    void close() {
        facts.close();
    }

    private static Visitor visitor() {
        return new Visitor(
                HOME,
                Origin.parse("https://home.example.org").orElseThrow(),
                new ClientAddress.Known(InetAddress.getLoopbackAddress()),
                ClientCertificate.NONE,
                InetAddress.getLoopbackAddress(),
                new Headers(List.of()),
                "ref-1");
    }

    private ShortCode begin(Browser of) {
        return switch (store.open(visitor(), of, APP, "A phone")) {
            case Opening.Begun(var link) -> link;
            case Opening.Continued _, Opening.TooMany _ -> throw new AssertionError("not begun");
        };
    }

    private ShortCode confirm(ShortCode link) {
        HandOff handOff = store.find(link, HOME).orElseThrow();
        return ((Confirmation.Made) confirm(handOff, ada)).code();
    }

    private Confirmation confirm(HandOff handOff, Account account) {
        return facts.database.inTransaction(tx -> store.confirm(tx, handOff, HOME, account, PROOF));
    }

    /// Attack: somebody of the house reads the link over a shoulder, and signs in as well.
    @Test
    void nobodyTakesACodeAwayThatSomebodyElseHolds() {
        HandOff handOff = store.find(begin(browser), HOME).orElseThrow();
        Account ben = facts.admit("ben");
        ShortCode code = ((Confirmation.Made) confirm(handOff, ada)).code();

        assertThat(confirm(handOff, ben)).isEqualTo(new Confirmation.Taken());

        assertThat(store.type(handOff.link(), code, HOME, browser))
                .isInstanceOfSatisfying(
                        TypedCode.Right.class,
                        right -> {
                            assertThat(right.account()).isEqualTo(ada.id());
                            assertThat(right.proof()).isEqualTo(PROOF);
                        });
        assertThat(confirm(handOff, ben)).isEqualTo(new Confirmation.Over());
    }

    @Test
    void aCodeThatRanOutKeepsNobodyOut() {
        HandOff handOff = store.find(begin(browser), HOME).orElseThrow();
        confirm(handOff, ada);
        facts.clock.advance(HandOffStore.CODE_LIFETIME);

        assertThat(confirm(handOff, facts.admit("ben"))).isInstanceOf(Confirmation.Made.class);
    }

    @Test
    void belongsToItsHomeAndItsBrowser() {
        ShortCode link = begin(browser);
        ShortCode code = confirm(link);

        assertThat(store.type(link, code, new HomeId("cabin"), browser))
                .isInstanceOf(TypedCode.Over.class);
        assertThat(store.type(link, code, HOME, new Browser(new Secret("another"))))
                .isInstanceOf(TypedCode.Over.class);
        assertThat(store.find(link, new HomeId("cabin"))).isEmpty();
        assertThat(store.type(link, code, HOME, browser)).isInstanceOf(TypedCode.Right.class);
    }

    /// Attack: more guesses than were allowed, all at the same moment.
    @Test
    void guessesAtOnceAreNoMoreThanFive() throws Exception {
        ShortCode link = begin(browser);
        confirm(link);
        List<Callable<TypedCode>> guesses = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            guesses.add(() -> store.type(link, WRONG, HOME, browser));
        }

        int counted = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<TypedCode> guess : threads.invokeAll(guesses)) {
                counted += guess.get() instanceof TypedCode.Wrong ? 1 : 0;
            }
        }

        assertThat(counted).isEqualTo(HandOffStore.TRIES_MAX);
        assertThat(store.find(link, HOME)).isEmpty();
    }

    @Test
    void theRightCodeIsTakenOnceHoweverManyTypeItAtOnce() throws Exception {
        ShortCode link = begin(browser);
        ShortCode code = confirm(link);
        List<Callable<TypedCode>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(() -> store.type(link, code, HOME, browser));
        }

        int right = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<TypedCode> one : threads.invokeAll(all)) {
                right += one.get() instanceof TypedCode.Right ? 1 : 0;
            }
        }

        assertThat(right).isEqualTo(1);
    }

    @Test
    void onlySoManyWaitAtOnceAndRoomComesWithTime() {
        for (int i = 0; i < 3; i++) {
            begin(new Browser(new Secret("view " + i)));
        }
        assertThat(store.open(visitor(), browser, APP, "A phone"))
                .isInstanceOf(Opening.TooMany.class);

        facts.clock.advance(HandOffStore.LIFETIME);

        begin(browser);
        assertThat(store.sweep()).isEqualTo(3);
    }

    @Test
    void aCopyOfTheDatabaseShowsNoCode() {
        ShortCode code = confirm(begin(browser));

        List<String> stored =
                facts.database.read(
                        handle ->
                                handle.createQuery("SELECT code_hash || browser_hash FROM hand_off")
                                        .mapTo(String.class)
                                        .list());

        assertThat(stored).hasSize(1);
        assertThat(stored.getFirst()).doesNotContain(code.value(), browser.id().reveal());
    }
}
