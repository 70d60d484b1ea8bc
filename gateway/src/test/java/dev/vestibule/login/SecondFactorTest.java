package dev.vestibule.login;

import static dev.vestibule.login.LoginHouse.authorize;
import static dev.vestibule.login.LoginHouse.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.http.Response;
import dev.vestibule.testhouse.home.MfaModule;
import dev.vestibule.testhouse.home.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class SecondFactorTest {

    private static final Pattern QUESTION = Pattern.compile("name=\"question\" value=\"([^\"]+)\"");

    private final LoginHouse house = new LoginHouse();
    private final TestBrowser browser = house.browser();
    private String userId = "";

    @BeforeEach
    void protectTheUser() {
        house.signIn(browser);
        userId = house.home.userNamed("Ada Lovelace").orElseThrow().id();
        house.home.enableTotp(userId);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static String question(Response page) {
        Matcher matcher = QUESTION.matcher(text(page));
        assertThat(matcher.find()).as(text(page)).isTrue();
        return matcher.group(1);
    }

    private Response ask() {
        return browser.get(authorize("&state=s")).response();
    }

    private Response answer(TestBrowser from, String question, String code) {
        return from.post("/auth/vestibule/mfa", Map.of("question", question, "answer", code));
    }

    @Test
    void theRightCodeLeadsToTheClient() {
        Response page = ask();

        Response back = answer(browser, question(page), house.home.totpCode(userId));

        assertThat(page.status()).isEqualTo(200);
        assertThat(text(page)).contains("One more step");
        assertThat(TestBrowser.location(back).toString()).contains("code=").endsWith("&state=s");
        assertThat(LoginHouse.redeem(browser, TestBrowser.code(back)).has("access_token")).isTrue();
    }

    @Test
    void aWrongCodeIsAskedForAgainUntilHomeAssistantHasHadEnough() {
        Response again = answer(browser, question(ask()), "000000");
        assertThat(text(again)).contains("That code was not right");
        Response third = answer(browser, question(again), "000000");

        Response end = answer(browser, question(third), "000000");

        assertThat(end.status()).isEqualTo(403);
        assertThat(text(end)).contains("Too many wrong codes");
    }

    /// Attack: somebody has the account at the provider, and tries codes in one flow after the
    /// other.
    @Test
    void whoTriesManyCodesIsHeldUpBeforeHomeAssistantHearsOfMore() {
        for (int flow = 0; flow < 3; flow++) {
            tryThreeWrongCodes();
        }
        answer(browser, question(ask()), "000000");
        String question = question(ask());
        String code = house.home.totpCode(userId);
        house.home.record().clear();

        Response refused = answer(browser, question, code);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(text(refused)).contains("Too many codes");
        assertThat(TestBrowser.header(refused, "retry-after")).isEqualTo("600");
        assertThat(house.home.record().contains(code)).isFalse();
        assertThat(house.home.record().requests())
                .extracting(RecordedRequest::method)
                .containsExactly("DELETE");
        assertThat(answer(browser, question, code).status()).isEqualTo(400);
        assertThat(house.facts.audit.newest(100))
                .anySatisfy(line -> assertThat(line.detail()).contains("\"too-many-codes\""));
    }

    private void tryThreeWrongCodes() {
        Response second = answer(browser, question(ask()), "000000");
        Response third = answer(browser, question(second), "000000");
        assertThat(answer(browser, question(third), "000000").status()).isEqualTo(403);
    }

    @Test
    void whoWasHeldUpComesInAfterTenMinutes() {
        for (int flow = 0; flow < 4; flow++) {
            answer(browser, question(answer(browser, question(ask()), "000000")), "000000");
        }
        assertThat(answer(browser, question(ask()), "000000").status()).isEqualTo(200);
        house.facts.clock.advance(Duration.ofMinutes(10));

        Response back = answer(browser, question(ask()), house.home.totpCode(userId));

        assertThat(TestBrowser.location(back).toString()).contains("code=");
    }

    @Test
    void theNameOfAModuleIsNoCode() {
        house.home.enableMfa(userId, MfaModule.NOTIFY);
        for (int i = 0; i < 11; i++) {
            assertThat(text(answer(browser, question(ask()), "totp"))).contains("name=\"answer\"");
        }

        Response asked = answer(browser, question(ask()), "totp");

        Response back = answer(browser, question(asked), house.home.totpCode(userId));
        assertThat(TestBrowser.location(back).toString()).contains("code=");
    }

    @Test
    void wrongCodesAreWrittenDown() {
        answer(browser, question(ask()), "000000");

        assertThat(house.facts.audit.newest(10))
                .anySatisfy(line -> assertThat(line.detail()).contains("\"wrong-code\""));
    }

    @Test
    void aQuestionIsAnsweredOnce() {
        String question = question(ask());
        answer(browser, question, "000000");

        Response again = answer(browser, question, house.home.totpCode(userId));

        assertThat(again.status()).isEqualTo(400);
    }

    @Test
    void aQuestionBelongsToItsSession() {
        String question = question(ask());
        TestBrowser another = house.browser();
        another.open(house.visit(another.get(authorize("")).location()));

        Response page = answer(another, question, house.home.totpCode(userId));

        assertThat(page.status()).isEqualTo(400);
    }

    @Test
    void aFormOnAnotherSiteAnswersNothing() {
        String question = question(ask());

        Response page = answer(browser.onForeignPage(), question, house.home.totpCode(userId));

        assertThat(page.status()).isEqualTo(403);
    }

    @Test
    void aQuestionRunsOutAfterFiveMinutes() {
        String question = question(ask());
        house.facts.clock.advance(Duration.ofMinutes(5));

        assertThat(answer(browser, question, house.home.totpCode(userId)).status()).isEqualTo(400);
    }

    @Test
    void theFormMayLeadToEveryAddressOfTheHome() {
        assertThat(TestBrowser.header(ask(), "content-security-policy"))
                .contains("form-action 'self' https://home.example.org https://home.lan:8124;");
    }
}
