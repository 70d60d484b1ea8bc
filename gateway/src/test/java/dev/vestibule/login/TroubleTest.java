package dev.vestibule.login;

import static dev.vestibule.login.LoginHouse.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.admission.AdmissionPages;
import dev.vestibule.admission.HomeRefusal;
import dev.vestibule.admission.HomeTrouble;
import dev.vestibule.config.LimitsConfig;
import dev.vestibule.http.Response;
import dev.vestibule.login.LoginHouse.Plan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroubleTest {

    @Test
    void aWrongAdministratorTokenIsAPageThatSaysWhatToDo() {
        try (LoginHouse house = new LoginHouse(new Plan(1, LimitsConfig.DEFAULTS, "not.a.token"))) {
            Response page = house.signIn(house.browser());

            assertThat(page.status()).isEqualTo(502);
            assertThat(text(page)).contains("administrator token").contains("vestibule setup");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTroubleHasItsOwnWords(HomeTrouble trouble) {
        assertThat(text(AdmissionPages.trouble(trouble, "ref-1")))
                .contains("<h1>")
                .contains("ref-1");
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalHasItsOwnWords(HomeRefusal refusal) {
        assertThat(text(AdmissionPages.refusedByHome(refusal, "ref-1"))).contains("<h1>");
    }

    @Test
    void aDatabaseThatIsAwayIsAPage() {
        try (LoginHouse house = new LoginHouse()) {
            house.facts.database.close();

            Response page = house.browser().get(LoginHouse.authorize("")).response();

            assertThat(page.status()).isEqualTo(503);
            assertThat(TestBrowser.header(page, "retry-after")).isNotEmpty();
            assertThat(text(page)).contains("cannot work right now");
        }
    }
}
