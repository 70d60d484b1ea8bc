package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestHouse;
import dev.vestibule.testhouse.openid.ProviderRequest;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// What the console shows of the providers that people sign in with, and how it asks one.
class ProvidersPageTest {

    private static final String PROVIDERS = "/auth/vestibule/console/providers";

    private final TestHouse house = TestHouse.withACabin();
    private final VisitorBrowser ada = new VisitorBrowser();
    private final VisitorBrowser ben = new VisitorBrowser();

    ProvidersPageTest() {
        ada.carry("Sec-Fetch-Site", "same-origin");
        ben.carry("Sec-Fetch-Site", "same-origin");
    }

    @AfterEach
    void close() {
        ada.close();
        ben.close();
        house.close();
    }

    private String page() {
        Answer answer = ada.get(house.at(PROVIDERS));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private Answer ask(VisitorBrowser browser, String provider) {
        return browser.postForm(house.at(PROVIDERS), Map.of("provider", provider));
    }

    private List<ProviderRequest> requests() {
        return List.copyOf(house.provider().requests());
    }

    private String row(String document) {
        return after(document, "</tr>");
    }

    private String fact(String name) {
        return after(name, "</dd>");
    }

    private String after(String name, String end) {
        String[] parts = page().split("\\b" + name + "\\b", 2);
        assertThat(parts).as(name).hasSize(2);
        return parts[1].substring(0, parts[1].indexOf(end));
    }

    @Test
    void anAdministratorSeesHowItAnsweredAndWhatDependsOnItAtTheirHome() {
        house.signIn(ben, "ben");
        house.signIn(ada, "ada");

        assertThat(page())
                .contains(house.provider().issuer().toString(), ">answering<", "openid profile")
                .contains(house.at("/auth/vestibule/callback/op").toString())
                .contains(house.at("/auth/vestibule/back-channel-logout/op").toString())
                .contains("asked every 5 min about each person")
                .doesNotContain(house.config().homes().get(1).publicUrl().toString())
                .doesNotContain("Identity systems");
        assertThat(row("Discovery document")).contains(">good<", "s ago", "none since");
        assertThat(row("Keys")).contains(">good<", "s ago");
        assertThat(fact("People who sign in there")).contains(">2");
        assertThat(fact("Browsers signed in by it")).contains(">2");
    }

    @Test
    void lookingAsksNobody() {
        house.signIn(ada, "ada");
        house.restartGateway();
        List<ProviderRequest> before = requests();

        assertThat(page()).contains(">not asked yet<", "never since Vestibule was started");

        assertThat(requests()).isEqualTo(before);
    }

    @Test
    void askingTellsWhatIsWrongAndThatItIsOverAndDoesNotHammer() {
        house.signIn(ada, "ada");
        house.restartGateway(Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC));
        house.provider().goAway();

        Answer asked = ask(ada, "op");

        assertThat(asked.status()).as(asked.body()).isEqualTo(302);
        assertThat(ada.get(URI.create(asked.location())).body())
                .contains("What came of it stands below");
        assertThat(page()).contains(">away<");
        assertThat(row("Discovery document"))
                .contains("never since", "The provider op at", ">problem<")
                .contains("What was found, with the provider’s own words");
        house.provider().comeBack();
        List<ProviderRequest> before = requests();
        Answer again = ask(ada, "op");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body()).contains("op was asked a moment ago");
        assertThat(requests()).isEqualTo(before);
    }

    @Test
    void oneQuestionFetchesBothDocuments() {
        house.signIn(ada, "ada");
        house.restartGateway();
        int before = requests().size();

        assertThat(ask(ada, "op").status()).isEqualTo(302);

        assertThat(requests()).hasSize(before + 2);
        assertThat(page()).contains(">answering<").doesNotContain("never since");
    }

    @Test
    void nobodyElseLooksOrAsksAndNoOtherSiteDoes() {
        house.signIn(ada, "ada");
        house.signIn(ben, "ben");
        List<ProviderRequest> before = requests();

        assertThat(ben.get(house.at(PROVIDERS)).status()).isEqualTo(403);
        assertThat(ask(ben, "op").status()).isEqualTo(403);
        assertThat(ask(ada, "another").status()).isEqualTo(404);
        ada.carry("Sec-Fetch-Site", "cross-site");
        assertThat(ask(ada, "op").status()).isEqualTo(403);
        assertThat(requests()).isEqualTo(before);
    }
}
