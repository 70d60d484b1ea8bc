package dev.vestibule.provisioning;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantPerson;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.RedeemResult;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// The room over a real database and a scripted Home Assistant. A process may die and another begin
/// over the same data.
final class ProvisioningHouse implements AutoCloseable {

    static final InetAddress CLIENT = InetAddress.ofLiteral("203.0.113.9");

    private static final String CLIENT_ID = "https://home.example/";
    private static final String REDIRECT = "https://home.example/?auth_callback=1";
    private static final Secret CREDENTIAL_KEY = new Secret("credential key");

    final TestFacts facts = new TestFacts();
    final ScriptedHomeAssistant home;
    final HomeUserStore store =
            new HomeUserStore(facts.clock, facts.secrets, facts.database, facts.audit);
    HomeAssistant homeAssistant;
    HomeSignIn homeSignIn;

    ProvisioningHouse() {
        this(HomeOptions.defaults());
    }

    ProvisioningHouse(HomeOptions options) {
        home = ScriptedHomeAssistant.start(options.withTime(facts.clock));
        homeAssistant = connect();
        homeSignIn =
                new HomeSignIn(
                        HOME, CREDENTIAL_KEY, homeAssistant, facts.grants, store, facts.accounts);
    }

    private HomeAssistant connect() {
        HomeAssistant made =
                new HomeAssistant(
                        facts.clock,
                        new HomeAssistantConfig(
                                home.url(), new Secret(home.administratorToken()), List.of()));
        made.start();
        HomeAssistantStatus status = made.awaitFirstAttempt(Duration.ofSeconds(30));
        assertThat(status).isInstanceOf(HomeAssistantStatus.Connected.class);
        return made;
    }

    /// The process dies where it is, and another begins; Home Assistant is well again.
    void restart() {
        homeAssistant.close();
        home.faults().clear();
        homeAssistant = connect();
        homeSignIn =
                new HomeSignIn(
                        HOME, CREDENTIAL_KEY, homeAssistant, facts.grants, store, facts.accounts);
    }

    /// As an administrator's command does, where nothing has to be taken over.
    AttachResult attach(Account account, String userId) {
        return homeSignIn.attach(
                account.id(), userId, Actor.CONSOLE, new StoreAttachment(facts.database, store));
    }

    HomeSignInResult signIn(Account account, Role role) {
        facts.assignRole(account.id(), role);
        return homeSignIn.signIn(
                new ProvisioningRequest(account.id(), account.displayName(), CLIENT),
                CLIENT,
                CLIENT_ID,
                REDIRECT);
    }

    HomeSignInResult signIn(Account account) {
        return signIn(account, Role.USER);
    }

    /// Signs in and goes all the way to a token.
    ///
    /// @return the id of the user whose token it is, which must be the one that was promised
    String enter(Account account, Role role) {
        HomeSignInResult result = signIn(account, role);
        assertThat(result).isInstanceOf(HomeSignInResult.Answered.class);
        HomeSignInResult.Answered answered = (HomeSignInResult.Answered) result;
        assertThat(answered.result()).isInstanceOf(LoginFlowResult.Code.class);
        LoginFlowResult.Code code = (LoginFlowResult.Code) answered.result();
        RedeemResult redeemed = homeAssistant.tokens().redeem(code.code(), CLIENT_ID, CLIENT);
        assertThat(redeemed).isInstanceOf(RedeemResult.Tokens.class);
        TokenProbeResult whose =
                homeAssistant
                        .tokenProbe()
                        .ask(((RedeemResult.Tokens) redeemed).accessToken(), CLIENT);
        assertThat(whose).isInstanceOf(TokenProbeResult.Alive.class);
        assertThat(((TokenProbeResult.Alive) whose).userId()).isEqualTo(answered.userId());
        return answered.userId();
    }

    String enter(Account account) {
        return enter(account, Role.USER);
    }

    /// Everybody who can sign in, or could be made to, but the owner.
    List<HomeUser> others() {
        return home.users().stream()
                .filter(user -> !user.isOwner() && !user.isSystemGenerated())
                .toList();
    }

    HomeUser owner() {
        return home.users().stream().filter(HomeUser::isOwner).findFirst().orElseThrow();
    }

    HomeUser user(String id) {
        return home.users().stream().filter(user -> user.id().equals(id)).findFirst().orElseThrow();
    }

    List<HomeAssistantPerson> personsOf(String userId) {
        return homeAssistant.users().persons().stream()
                .filter(person -> person.userId().equals(userId))
                .toList();
    }

    String hiddenName(Account account) {
        return store.findOrBegin(account.id(), HOME).hiddenName().username();
    }

    @Override
    public void close() {
        homeAssistant.close();
        home.close();
        facts.close();
    }
}
