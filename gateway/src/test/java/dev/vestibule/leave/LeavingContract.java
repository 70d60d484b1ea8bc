package dev.vestibule.leave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.homeassistant.CredentialAddition;
import dev.vestibule.homeassistant.CredentialRemoval;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantGroup;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.homeassistant.HomeAssistantUser;
import dev.vestibule.homeassistant.LoginFlowResult;
import dev.vestibule.homeassistant.LoginRequest;
import dev.vestibule.homeassistant.RedeemResult;
import dev.vestibule.homeassistant.TokenProbeResult;
import dev.vestibule.homeassistant.UserUpdate;
import dev.vestibule.secret.Secret;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What the commands by which the gateway leaves mean to a Home Assistant itself. Each subclass
/// names a house.
///
/// It makes a user whose name begins with `contract-`, and deletes it again. The administrator's
/// own token stays: what is ended is a token of that user.
abstract class LeavingContract {

    private static final String CLIENT_ID = "https://home.example/";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /// A house with an administrator.
    ///
    /// @param leaving what is done after the last question
    record Target(URI url, String administratorToken, Runnable leaving) {}

    private final Target target;
    private final HomeAssistant home;
    private final HomeAssistantUser user;
    private final String hidden = "vst-" + UUID.randomUUID();
    private final String own = "contract-" + UUID.randomUUID();
    private final Secret hiddenPassword = new Secret("hidden " + UUID.randomUUID());
    private final Secret ownPassword = new Secret("own " + UUID.randomUUID());

    LeavingContract(Target target) {
        this.target = target;
        this.home = connect(target.administratorToken());
        this.user = home.users().create(own, HomeAssistantGroup.ADMIN, false);
        assertThat(home.users().addCredential(user.id(), hidden, hiddenPassword))
                .isInstanceOf(CredentialAddition.Added.class);
    }

    private HomeAssistant connect(String token) {
        HomeAssistant connected =
                new HomeAssistant(
                        InstantSource.system(),
                        new HomeAssistantConfig(target.url(), new Secret(token), List.of()));
        connected.start();
        assertThat(connected.awaitFirstAttempt(Duration.ofSeconds(30)))
                .isInstanceOf(HomeAssistantStatus.Connected.class);
        return connected;
    }

    @AfterEach
    void tidyUp() {
        home.users().delete(user.id());
        home.close();
        target.leaving().run();
    }

    private LoginFlowResult signIn(String username, Secret password) {
        return home.loginFlows()
                .signIn(new LoginRequest(username, password, CLIENT_ID, CLIENT_ID, HERE));
    }

    private RedeemResult.Tokens redeemed(String username, Secret password) {
        LoginFlowResult result = signIn(username, password);
        assertThat(result).isInstanceOf(LoginFlowResult.Code.class);
        RedeemResult tokens =
                home.tokens().redeem(((LoginFlowResult.Code) result).code(), CLIENT_ID, HERE);
        assertThat(tokens).isInstanceOf(RedeemResult.Tokens.class);
        return (RedeemResult.Tokens) tokens;
    }

    private HomeAssistantUser now() {
        return home.users().find(user.id()).orElseThrow();
    }

    @Test
    void aLoginOfTheirOwnTakesThePlaceOfTheHiddenOne() {
        assertThat(home.users().addCredential(user.id(), own, ownPassword))
                .isInstanceOf(CredentialAddition.Added.class);
        assertThat(now().username()).isEqualTo(hidden);
        assertThat(now().passwordCredentials()).isEqualTo(2);

        assertThat(home.users().removeCredential(hidden))
                .isInstanceOf(CredentialRemoval.Removed.class);

        assertThat(now().username()).isEqualTo(own);
        assertThat(now().passwordCredentials()).isEqualTo(1);
        assertThat(signIn(hidden, hiddenPassword))
                .isInstanceOf(LoginFlowResult.InvalidCredentials.class);
        RedeemResult.Tokens tokens = redeemed(own, ownPassword);
        assertThat(home.tokenProbe().ask(tokens.accessToken(), HERE))
                .isInstanceOfSatisfying(
                        TokenProbeResult.Alive.class,
                        alive -> assertThat(alive.userId()).isEqualTo(user.id()));
        home.tokens().revoke(tokens.refreshToken());
    }

    @Test
    void whatIsDoneAlreadyIsSaidSo() {
        assertThat(home.users().addCredential(user.id(), hidden, ownPassword))
                .isInstanceOf(CredentialAddition.UsernameTaken.class);
        assertThat(signIn(hidden, hiddenPassword)).isInstanceOf(LoginFlowResult.Code.class);
        home.users().removeCredential(hidden);

        assertThat(home.users().removeCredential(hidden))
                .isInstanceOf(CredentialRemoval.NotFound.class);
    }

    @Test
    void groupsArePutBackAsTheyWere() {
        assertThat(home.users().moveTo(user.id(), HomeAssistantGroup.USERS))
                .isInstanceOf(UserUpdate.Updated.class);

        assertThat(home.users().setGroups(user.id(), Set.of(HomeAssistantGroup.ADMIN.id())))
                .isInstanceOf(UserUpdate.Updated.class);

        assertThat(now().groupIds()).containsExactly(HomeAssistantGroup.ADMIN.id());
    }

    @Test
    void whoeverIsDeactivatedStaysOutWithTheirPassword() {
        home.users().setActive(user.id(), false);

        assertThat(signIn(hidden, hiddenPassword)).isInstanceOf(LoginFlowResult.Refused.class);
        assertThat(home.users().removeCredential(hidden))
                .isInstanceOf(CredentialRemoval.Removed.class);
        assertThat(now().isActive()).isFalse();
    }

    /// The user's own token stands for the gateway's, which is an administrator's too.
    @Test
    void aGatewayThatEndsItsOwnTokenCanAskNothingAnyMore() {
        RedeemResult.Tokens tokens = redeemed(hidden, hiddenPassword);
        try (HomeAssistant gateway = connect(tokens.accessToken().reveal())) {
            assertThat(gateway.personalTokens().endOwn()).isTrue();

            assertThat(home.tokenProbe().ask(tokens.accessToken(), HERE))
                    .isInstanceOf(TokenProbeResult.Dead.class);
            assertThat(gateway.personalTokens().endOwn()).isTrue();
        }
    }
}
