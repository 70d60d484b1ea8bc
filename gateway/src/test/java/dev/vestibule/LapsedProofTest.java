package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.Linking;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.LocalLogin;
import dev.vestibule.config.SignInConfig;
import dev.vestibule.store.Database;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.passkey.Lie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A person whose provider vouches for them no longer, at the other doors of a whole gateway.
class LapsedProofTest {

    private static final String PASSWORD = "correct horse";
    private static final String PASSKEYS = "/auth/vestibule/passkeys";
    private static final String OPTIONS = "/auth/vestibule/passkey/";
    private static final String SAYS = "Sign in at your identity provider once more";
    private static final Pattern CHOICE =
            Pattern.compile("(?:data-name=\"choice\">|choice=)([A-Za-z0-9_-]{43})");

    private final TestHouse house =
            new TestHouse(Plan.USUAL.changed(SignInChange.of(_ -> everyWay())), asking());
    private final VirtualAuthenticator key = new VirtualAuthenticator();
    private final VisitorBrowser bens = browser();
    private final VisitorBrowser byPasskey = browser();
    private final VisitorBrowser byPassword = browser();

    private static LivenessConfig asking() {
        return new LivenessConfig(
                true, Duration.ofMillis(200), Duration.ofDays(7), DisablementProof.WHEN_SAID, true);
    }

    private static SignInConfig everyWay() {
        return new SignInConfig(
                LocalLogin.ON,
                Linking.OFF,
                true,
                Defaults.SIGN_IN.apps(),
                Defaults.BREAK_GLASS,
                List.of());
    }

    private static VisitorBrowser browser() {
        VisitorBrowser fresh = new VisitorBrowser();
        fresh.carry("Sec-Fetch-Site", "same-origin");
        return fresh;
    }

    /// Ben of the provider is Ben at home, too, and has a passkey.
    @BeforeEach
    void benHasThreeWaysIn() {
        HomeUser atHome =
                house.homeAssistant().addUser("Ben", "ben-at-home", PASSWORD, "system-users");
        house.signIn(bens, "ben");
        house.link("ben", atHome.id());
        JsonNode made = key.create(options(bens, "creation-options"), house.origin().toString());
        Answer added = post(bens, PASSKEYS, Map.of("name", "Key", "answer", made.toString()));
        assertThat(added.location()).contains("done=added");
        benSaysThatItIsHis();
    }

    /// Otherwise every browser but the one that added it is asked on its way home.
    private void benSaysThatItIsHis() {
        try (VisitorBrowser another = browser()) {
            Answer asked = another.get(URI.create(typePassword(another).location()));
            Answer said =
                    post(
                            another,
                            OPTIONS + "new",
                            Map.of(
                                    "passkey", field(asked, "passkey"),
                                    "choice", field(asked, "choice"),
                                    "do", "mine"));
            expectIn(said);
        }
    }

    private static String field(Answer page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page.body());
        assertThat(field.find()).as(page.body()).isTrue();
        return field.group(1);
    }

    @AfterEach
    void close() {
        byPassword.close();
        byPasskey.close();
        bens.close();
        house.close();
    }

    private Answer post(VisitorBrowser from, String path, Map<String, String> fields) {
        return from.postForm(house.at(path), fields);
    }

    private JsonNode options(VisitorBrowser from, String which) {
        return GatewayHouse.json(post(from, OPTIONS + which, Map.of()));
    }

    private String choice(VisitorBrowser from) {
        Answer page = from.walk(house.authorizeAddress(), "nowhere");
        Matcher choice = CHOICE.matcher(page.body());
        assertThat(choice.find()).as(page.body()).isTrue();
        return choice.group(1);
    }

    private Answer showPasskey(VisitorBrowser from) {
        String choice = choice(from);
        JsonNode signed =
                key.get(options(from, "request-options"), house.origin().toString(), Lie.NONE);
        return post(
                from, OPTIONS + "sign-in", Map.of("choice", choice, "answer", signed.toString()));
    }

    private Answer typePassword(VisitorBrowser from) {
        return post(
                from,
                "/auth/vestibule/local",
                Map.of("choice", choice(from), "username", "ben-at-home", "password", PASSWORD));
    }

    private void expectIn(Answer back) {
        assertThat(back.location()).as(back.body()).startsWith(house.landing());
    }

    private boolean isSignedIn(VisitorBrowser who) {
        return who.get(house.at(PASSKEYS)).status() == 200;
    }

    /// The token is worth nothing any more, and that is a week ago.
    private void providerVouchesNoLonger() {
        house.provider().signOut("ben");
        Eventually.holds(
                () -> house.isAudited("ProofEnded"),
                () -> house.gateway().facts().audit().newest(50));
        vouchedLongAgo();
    }

    private void vouchedLongAgo() {
        database().change(tx -> tx.execute("UPDATE liveness_proof SET proven_at = 0"));
    }

    private Database database() {
        return house.gateway().facts().adoption().database();
    }

    /// When the provider was asked last, whatever came of it.
    private long askedAt() {
        return database()
                .read(
                        handle ->
                                handle.createQuery("SELECT checked_at FROM liveness_proof")
                                        .mapTo(Long.class)
                                        .one());
    }

    @Test
    void browsersThatAPasskeyOrAPasswordLetInAreSignedOutAndStayOutUntilTheProviderVouches() {
        expectIn(showPasskey(byPasskey));
        expectIn(typePassword(byPassword));
        assertThat(isSignedIn(byPasskey)).isTrue();
        assertThat(isSignedIn(byPassword)).isTrue();

        providerVouchesNoLonger();

        Eventually.await(() -> !isSignedIn(bens));
        assertThat(isSignedIn(byPasskey)).isFalse();
        assertThat(isSignedIn(byPassword)).isFalse();
        for (Answer refused : List.of(showPasskey(byPasskey), typePassword(byPassword))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains(SAYS);
        }
        assertThat(house.isAuditedFor("lapsed")).isTrue();
        assertThat(isSignedIn(byPasskey)).isFalse();

        house.signIn(bens, "ben");

        expectIn(showPasskey(byPasskey));
        expectIn(typePassword(byPassword));
    }

    @Test
    void aProviderThatIsOnlyAwayTakesNobodysOtherWaysIn() {
        house.provider().goAway();
        vouchedLongAgo();
        long before = askedAt();
        Eventually.await(() -> askedAt() > before);

        expectIn(showPasskey(byPasskey));
        expectIn(typePassword(byPassword));

        assertThat(isSignedIn(byPasskey)).isTrue();
        assertThat(isSignedIn(byPassword)).isTrue();
        assertThat(isSignedIn(bens)).isTrue();
    }
}
