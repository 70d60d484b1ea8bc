package dev.vestibule.adoption;

import static dev.vestibule.TestFacts.HOME;
import static dev.vestibule.adoption.ResidentHouse.PHONE;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ExistingTokens;
import dev.vestibule.grant.RefreshTokenJudge.Result;
import dev.vestibule.grant.TokenJudgement;
import dev.vestibule.policy.Webhooks.Judgement;
import dev.vestibule.testhouse.home.CastTokens;
import dev.vestibule.testhouse.home.Tokens;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Tokens that are older than the gateway, where they are refused: all five kinds, and Home
/// Assistant hears of none.
class DeniedResidentsTest {

    private final ResidentHouse house = new ResidentHouse(ExistingTokens.DENY);

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void everyKindOfOldTokenIsRefusedWithoutAQuestion() {
        Tokens phone = house.home.signInDirectly("carol", "a password", PHONE);
        String script = house.home.longLivedToken(house.carol.id(), "a script");
        CastTokens cast = house.home.castToken();
        house.home.record().clear();

        assertThat(house.judge(phone.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.refresh(phone.refreshToken(), PHONE)).isInstanceOf(Result.Dead.class);
        assertThat(house.judge(script)).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.judge(cast.accessToken())).isInstanceOf(TokenJudgement.Dead.class);
        assertThat(house.refresh(cast.refreshToken(), "")).isInstanceOf(Result.Dead.class);

        assertThat(house.home.record().byteCount()).isZero();
        assertThat(house.grants()).isEmpty();
        assertThat(house.facts.accounts.list()).isEmpty();
    }

    @Test
    void noPhonesWebhookIsOpenAndNoneIsCalled() {
        String webhook = house.home.registerPhone(house.carol.id());
        house.home.record().clear();

        house.adoption.phones().lookAround();

        assertThat(house.webhooks.judge(HOME, webhook)).isEqualTo(Judgement.REFUSED);
        assertThat(house.home.record().byteCount()).isZero();
    }

    @Test
    void aWebhookThatWasOpenForTheMigrationClosesWhenTheConfigurationSaysDeny() {
        String webhook = house.home.registerPhone(house.carol.id());
        house.webhooks.adopt(
                HOME,
                house.homeAssistant.webhooks(),
                house.facts.clock.instant().plus(Duration.ofDays(1)));
        assertThat(house.webhooks.judge(HOME, webhook)).isEqualTo(Judgement.OPEN);

        house.adoption.phones().lookAround();

        assertThat(house.webhooks.judge(HOME, webhook)).isEqualTo(Judgement.REFUSED);
    }
}
