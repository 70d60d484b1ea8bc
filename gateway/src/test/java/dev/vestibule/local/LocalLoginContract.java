package dev.vestibule.local;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.admission.AuthorizationCodeStore;
import dev.vestibule.admission.Decoys;
import dev.vestibule.admission.HomeRefusal;
import dev.vestibule.admission.HomeTurns;
import dev.vestibule.adoption.UserLink;
import dev.vestibule.audit.Actor;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.Role;
import dev.vestibule.homeassistant.CredentialAddition;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.http.Headers;
import dev.vestibule.local.HomeLogins.Attempt;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.provisioning.AttachResult;
import dev.vestibule.provisioning.HomeSignIn;
import dev.vestibule.provisioning.HomeSignInResult;
import dev.vestibule.provisioning.ProvisioningRequest;
import dev.vestibule.secret.Secret;
import dev.vestibule.visit.Visitor;
import dev.vestibule.webhook.WebhookService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// What proving a login means to a Home Assistant itself, and keeping its user. Each subclass names
/// a house.
///
/// It makes a user whose name begins with `contract-`, and deletes it again.
abstract class LocalLoginContract {

    private static final String CLIENT_ID = "https://home.example/";
    private static final InetAddress AT_HOME = InetAddress.ofLiteral("192.168.77.20");
    private static final InetAddress AWAY = InetAddress.ofLiteral("203.0.113.9");
    private static final NetworkConfig NETWORK =
            new NetworkConfig(List.of(), List.of(Cidr.parse("192.168.77.0/24").orElseThrow()));
    private static final Secret PASSWORD = new Secret("correct horse battery staple");

    /// A house with an administrator.
    ///
    /// @param leaving what is done after the last question
    record Target(URI url, String administratorToken, Runnable leaving) {}

    private final Target target;
    private final TestFacts facts = new TestFacts();
    private final HomeAssistant home;
    private final HomeLogins logins;
    private final HomeAssistantUser user;

    LocalLoginContract(Target target) {
        this.target = target;
        this.home =
                new HomeAssistant(
                        facts.clock,
                        new HomeAssistantConfig(
                                target.url(), new Secret(target.administratorToken()), List.of()));
        home.start();
        assertThat(home.awaitFirstAttempt(Duration.ofSeconds(30)))
                .isInstanceOf(HomeAssistantStatus.Connected.class);
        this.logins =
                new HomeLogins(
                        facts.clock,
                        NETWORK,
                        new Decoys(facts.secrets, NETWORK),
                        new HomeTurns(),
                        new AuthorizationCodeStore(
                                facts.clock,
                                facts.secrets,
                                facts.database,
                                facts.sealer,
                                facts.grants));
        String name = "contract-" + UUID.randomUUID();
        this.user = home.users().create(name, HomeAssistantGroup.USERS, false);
        assertThat(home.users().addCredential(user.id(), name, PASSWORD))
                .isInstanceOf(CredentialAddition.Added.class);
    }

    @AfterEach
    void tidyUp() {
        home.users().delete(user.id());
        home.close();
        facts.close();
        target.leaving().run();
    }

    private LoginOutcome prove(InetAddress from, Secret password) {
        Visitor visitor =
                new Visitor(
                        HOME,
                        new Origin("https", "home.example", 443),
                        new ClientAddress.Known(from),
                        ClientCertificate.NONE,
                        from,
                        new Headers(List.of()),
                        "ref-1");
        return logins.begin(
                home, visitor, new Attempt(user.name(), password, CLIENT_ID, CLIENT_ID));
    }

    private static LoginOutcome.Proven proven(LoginOutcome outcome) {
        assertThat(outcome).isInstanceOf(LoginOutcome.Proven.class);
        return (LoginOutcome.Proven) outcome;
    }

    @Test
    void theRightPasswordProvesItsUser() {
        LoginOutcome.Proven proven = proven(prove(AWAY, PASSWORD));

        assertThat(proven.user().id()).isEqualTo(user.id());
        assertThat(home.tokenProbe().ask(proven.login().tokens().accessToken(), AWAY))
                .isInstanceOfSatisfying(
                        TokenProbeResult.Alive.class,
                        alive -> assertThat(alive.userId()).isEqualTo(user.id()));
        home.tokens().revoke(proven.login().tokens().refreshToken());
    }

    @Test
    void wrongPasswordsProveNobodyAndTheRightOneStillWorks() {
        for (int i = 0; i < 6; i++) {
            assertThat(prove(AWAY, new Secret("guess"))).isInstanceOf(LoginOutcome.Wrong.class);
        }

        assertThat(proven(prove(AWAY, PASSWORD)).user().id()).isEqualTo(user.id());
    }

    @Test
    void whoeverIsSwitchedOffIsRefused() {
        home.users().setActive(user.id(), false);

        assertThat(prove(AT_HOME, PASSWORD))
                .isEqualTo(new LoginOutcome.Refused(HomeRefusal.INACTIVE));
    }

    @Test
    void whoeverKeepsTheUserIsThatUserFromThenOnAndTheOldPasswordStays() {
        Account person = facts.admit("contract");
        facts.assignRole(person.id(), Role.USER);
        HomeSignIn signIn =
                new HomeSignIn(
                        HOME,
                        new Secret("a key"),
                        home,
                        facts.grants,
                        facts.homeUsers,
                        facts.accounts);
        UserLink link =
                new UserLink(
                        facts.database,
                        facts.accounts,
                        facts.homeUsers,
                        facts.grants,
                        new UserLink.Lifecycles(facts.lifecycle, facts.sessionLifecycle),
                        new WebhookService(facts.clock, facts.database),
                        facts.outbox,
                        facts.audit);
        String proven = proven(prove(AWAY, PASSWORD)).user().id();

        assertThat(signIn.attach(person.id(), proven, Actor.CONSOLE, link))
                .isInstanceOf(AttachResult.Attached.class);

        assertThat(
                        signIn.signIn(
                                new ProvisioningRequest(person.id(), "Contract", AWAY),
                                AWAY,
                                CLIENT_ID,
                                CLIENT_ID))
                .isInstanceOfSatisfying(
                        HomeSignInResult.Answered.class,
                        answered -> {
                            assertThat(answered.userId()).isEqualTo(user.id());
                            assertThat(answered.result()).isInstanceOf(LoginFlowResult.Code.class);
                        });
        assertThat(proven(prove(AWAY, PASSWORD)).user().id()).isEqualTo(user.id());
    }
}
