package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the console shows of phones' webhooks, and how it closes one.
class WebhooksPageTest {

    private static final String WEBHOOKS = "/auth/vestibule/console/webhooks";
    private static final Pattern KEY = Pattern.compile("name=\"webhook\" value=\"([^\"]+)\"");

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser ada = new VisitorBrowser();
    private final VisitorBrowser phone = new VisitorBrowser();

    WebhooksPageTest() {
        ada.carry("Sec-Fetch-Site", "same-origin");
    }

    @AfterEach
    void close() {
        ada.close();
        phone.close();
        house.close();
    }

    private String page() {
        Answer answer = ada.get(house.at(WEBHOOKS));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private String key() {
        Matcher key = KEY.matcher(page());
        assertThat(key.find()).isTrue();
        return key.group(1);
    }

    private Answer close(VisitorBrowser browser, String home, String key) {
        return browser.postForm(house.at(WEBHOOKS), Map.of("home", home, "webhook", key));
    }

    @Test
    void aPhonesWebhookIsClosedForGoodAndItsIdIsNeverShown() {
        house.provider().addPerson(Person.of("<i>eve", "Eve").withGroups("family"));
        String id = house.registerPhone(phone, house.signIn(phone, "<i>eve").accessToken());
        house.signIn(ada, "ada");
        assertThat(page()).contains("&lt;i&gt;eve</a>", ">open<").doesNotContain(id, "<i>");
        assertThat(house.callWebhook(phone, id)).isEqualTo(200);

        assertThat(close(ada, "home", key()).status()).isEqualTo(302);

        assertThat(house.callWebhook(phone, id)).isEqualTo(410);
        assertThat(page()).contains(">closed<").doesNotContain("name=\"webhook\"");
        assertThat(house.isAudited("WebhookClosed")).isTrue();
    }

    @Test
    void nobodyElseClosesOneAndNoOtherSiteDoes() {
        String id = house.registerPhone(phone, house.signIn(phone, "ben").accessToken());
        house.signIn(ada, "ada");
        String key = key();
        phone.carry("Sec-Fetch-Site", "same-origin");

        assertThat(phone.get(house.at(WEBHOOKS)).status()).isEqualTo(403);
        assertThat(close(phone, "home", key).status()).isEqualTo(403);
        assertThat(close(ada, "cabin", key).status()).isEqualTo(404);
        assertThat(close(ada, "home", "0".repeat(64)).status()).isEqualTo(404);
        ada.carry("Sec-Fetch-Site", "cross-site");
        assertThat(close(ada, "home", key).status()).isEqualTo(403);
        phone.carry();
        assertThat(house.callWebhook(phone, id)).isEqualTo(200);
    }

    @Test
    void whereNoPhoneIsItSaysSo() {
        house.signIn(ada, "ada");

        assertThat(page()).contains("No phone has registered.");
    }
}
