package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// An app that was given another address of the home than the canonical one, where providers send
/// people back to: the code is shown at the one and typed at the other.
class HandOffAcrossAddressesTest {

    private final TestHouse house =
            new TestHouse(Plan.USUAL.changed(HandOffAcrossAddressesTest::withASecondAddress));
    private final Origin second = new Origin("http", "127.0.0.1", house.origin().port());
    private final VisitorBrowser view = new VisitorBrowser();
    private final VisitorBrowser browser = new VisitorBrowser();

    private static GatewayConfig withASecondAddress(GatewayConfig config) {
        HomeConfig home = config.homes().getFirst();
        return new GatewayConfig(
                config.listen(),
                config.dataDirectory(),
                config.masterKeyFiles(),
                config.network(),
                List.of(
                        new HomeConfig(
                                home.name(),
                                home.publicUrl(),
                                List.of(new Origin("http", "127.0.0.1", home.publicUrl().port())),
                                home.insecureHttp(),
                                home.homeAssistant(),
                                home.roles(),
                                home.routes(),
                                home.session(),
                                home.apps(),
                                home.signIn(),
                                home.clients(),
                                home.existingTokens(),
                                home.longLivedTokens(),
                                home.webhookMigration())),
                config.providers(),
                config.assertions(),
                config.trustedHeaders(),
                config.deprovisioning(),
                config.limits(),
                config.management(),
                config.audit(),
                config.log());
    }

    @BeforeEach
    void benIsAtTheProvider() {
        house.provider().signInAutomaticallyAs("ben");
    }

    @AfterEach
    void close() {
        browser.close();
        view.close();
        house.close();
    }

    private Answer open() {
        URI asked =
                CompanionPhone.authorize(house, CompanionPhone.ANDROID, CompanionPhone.REDIRECT);
        Answer redirect = view.get(second.resolve(asked.getRawPath() + "?" + asked.getRawQuery()));
        assertThat(redirect.location()).startsWith(second + "/auth/vestibule/hand-off?link=");
        return view.get(URI.create(redirect.location()));
    }

    private String benSignsInFor(String link) {
        Answer chosen = view.get(second.resolve("/auth/app/" + link + "?with=op"));
        Answer away = view.get(URI.create(chosen.location()));
        assertThat(away.location()).startsWith(house.provider().issuer().toString());
        Answer shown = CompanionPhone.signIn(browser, URI.create(away.location()));
        return CompanionPhone.codeIn(shown);
    }

    private Answer type(VisitorBrowser in, Origin at, String link, String code) {
        return in.postForm(
                at.resolve("/auth/vestibule/hand-off"),
                Map.of("link", link, "code", code),
                "Sec-Fetch-Site",
                "same-origin");
    }

    @Test
    void aCodeThatWasShownAtTheOneLetsTheAppInAtTheOther() {
        Answer page = open();
        String link = CompanionPhone.linkIn(page);
        assertThat(page.body())
                .as("other screens are sent to the address where providers send people back to")
                .contains(house.origin() + "/auth/app/");

        Answer back = type(view, second, link, benSignsInFor(link));

        try (VisitorBrowser client = new VisitorBrowser()) {
            JsonNode tokens =
                    GatewayHouse.json(
                            client.postForm(
                                    second.resolve("/auth/token"),
                                    Map.of(
                                            "grant_type",
                                            "authorization_code",
                                            "code",
                                            CompanionPhone.appCode(back),
                                            "client_id",
                                            CompanionPhone.ANDROID)));
            for (Origin origin : List.of(second, house.origin())) {
                assertThat(
                                client.get(
                                                origin.resolve("/api/config"),
                                                "Authorization",
                                                "Bearer " + tokens.path("access_token").asText())
                                        .status())
                        .as(origin.toString())
                        .isEqualTo(200);
            }
        }
    }

    /// Providers send people back to the canonical address, where the view has no page waiting.
    @Test
    void aViewThatStaysWithTheProviderShowsTheCodeAndTakesItAfterGoingBack() {
        String link = CompanionPhone.linkIn(open());
        Answer chosen = view.get(second.resolve("/auth/app/" + link + "?with=op"));

        Answer shown = CompanionPhone.signIn(view, URI.create(chosen.location()));

        String code = CompanionPhone.codeIn(shown);
        assertThat(CompanionPhone.linkIn(open())).isEqualTo(link);
        assertThat(CompanionPhone.appCode(type(view, second, link, code))).isNotEmpty();
    }

    /// Attack: whoever read link and code types them at an address where no page of the app's is.
    @Test
    void noOtherPageTakesTheCodeAtWhicheverAddress() {
        String link = CompanionPhone.linkIn(open());
        String code = benSignsInFor(link);

        for (Origin origin : List.of(second, house.origin())) {
            Answer refused = type(browser, origin, link, code);

            assertThat(refused.body()).contains("This sign-in is over");
            assertThat(refused.location()).isEmpty();
        }
        assertThat(type(view, house.origin(), link, code).body())
                .as("the app's own view, which has no cookie there")
                .contains("This sign-in is over");
        assertThat(CompanionPhone.appCode(type(view, second, link, code))).isNotEmpty();
    }
}
