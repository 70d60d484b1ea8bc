package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.ConsentingPerson;
import dev.vestibule.Eventually;
import dev.vestibule.GatewayHouse;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.TestHouse;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.testhouse.home.HomeUser;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;
import dev.vestibule.testhouse.voice.VoiceVendor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the console shows of OAuth clients and of consents, and how it takes one back.
class ClientsPageTest {

    private static final String CLIENTS = "/auth/vestibule/console/clients";
    private static final String PROGRAM = "https://app.example.net/";
    private static final String CALLBACK = "https://app.example.net/callback";
    private static final String GOOGLE = "https://oauth-redirect.googleusercontent.com/r/my-home";

    /// The pair of RFC 7636 appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final Pattern GRANT = Pattern.compile("name=\"grant\" value=\"([^\"]+)\"");

    private final TestHouse house =
            new TestHouse(
                    new ClientsConfig(
                            List.of("my-home"),
                            List.of(),
                            List.of(URI.create("https://listed.example.org/client.json")),
                            UnknownClients.ASK));
    private final VisitorBrowser ada = new VisitorBrowser();
    private final VisitorBrowser ben = new VisitorBrowser();
    private final VisitorBrowser program = new VisitorBrowser();

    ClientsPageTest() {
        ada.carry("Sec-Fetch-Site", "same-origin");
        ben.carry("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0");
        program.carry("User-Agent", "program/1.0");
    }

    @AfterEach
    void close() {
        ada.close();
        ben.close();
        program.close();
        house.close();
    }

    private URI request(String clientId) {
        return house.at(
                "/auth/authorize?response_type=code&state=x&client_id="
                        + VisitorBrowser.encode(clientId)
                        + "&redirect_uri="
                        + VisitorBrowser.encode(CALLBACK)
                        + "&code_challenge_method=S256&code_challenge="
                        + CHALLENGE);
    }

    /// Ben says yes to the program in his browser, and it redeems what it got elsewhere.
    private SignedIn consent() {
        house.provider().signInAutomaticallyAs("ben");
        URI back = new ConsentingPerson(house, ben).allow(request(PROGRAM));
        Matcher code = CODE.matcher(back.toString());
        assertThat(code.find()).as(back.toString()).isTrue();
        JsonNode tokens =
                GatewayHouse.json(
                        program.postForm(
                                house.at("/auth/token"),
                                Map.of(
                                        "grant_type",
                                        "authorization_code",
                                        "client_id",
                                        PROGRAM,
                                        "redirect_uri",
                                        CALLBACK,
                                        "code_verifier",
                                        VERIFIER,
                                        "code",
                                        code.group(1))));
        return new SignedIn(
                tokens.path("access_token").asText(), tokens.path("refresh_token").asText());
    }

    private static String pageOf(String home, String clientId) {
        return CLIENTS + "/" + home + "?client=" + VisitorBrowser.encode(clientId);
    }

    private static String pageOf(String clientId) {
        return pageOf("home", clientId);
    }

    private Answer page(String path) {
        Answer answer = ada.get(house.at(path));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static String grantOn(Answer page) {
        Matcher grant = GRANT.matcher(page.body());
        assertThat(grant.find()).as(page.body()).isTrue();
        return grant.group(1);
    }

    @Test
    void aConsentIsShownWithItsPersonTheirBrowserAndTheGrantThatCameOfIt() {
        consent();
        house.signIn(ada, "ada");

        Answer list = page(CLIENTS);
        Answer client = page(pageOf(PROGRAM));

        assertThat(list.body())
                .contains(
                        ">app.example.net<",
                        PROGRAM,
                        "after a whole page",
                        "lets people decide about clients");
        assertThat(client.body())
                .contains(">Ben<", "Firefox, Linux", "127.0.0.1", grantOn(client))
                .doesNotContain("program/1.0", "not noted");
    }

    @Test
    void takingAConsentBackEndsItHereAndAtHomeAssistantAtOnceAndNothingElse() {
        SignedIn given = consent();
        SignedIn own = house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        VisitorSocket socket = house.openSocket(program);
        socket.authenticate(given.accessToken());
        HomeUser user = house.homeAssistant().userNamed("Ben").orElseThrow();
        int tokens = house.homeAssistant().refreshTokenIds(user.id()).size();

        Answer back =
                ada.postForm(
                        house.at(pageOf(PROGRAM)), Map.of("grant", grantOn(page(pageOf(PROGRAM)))));

        assertThat(back.status()).isEqualTo(302);
        assertThat(socket.awaitClose()).isEqualTo(1008);
        assertThat(house.get(program, "/api/config", given.accessToken()).status()).isEqualTo(401);
        assertThat(house.refresh(program, given.refreshToken(), PROGRAM).status()).isEqualTo(400);
        Eventually.holds(
                () -> house.homeAssistant().refreshTokenIds(user.id()).size() == tokens - 1,
                () -> house.homeAssistant().refreshTokenIds(user.id()));
        assertThat(house.get(ben, "/api/config", own.accessToken()).status()).isEqualTo(200);
        assertThat(ada.get(URI.create(back.location())).body())
                .contains("Taken back", "consent to this client is in force", PROGRAM);
    }

    @Test
    void whatTheConfigurationNamesIsThereThoughItNeverCame() {
        house.signIn(ada, "ada");

        assertThat(page(CLIENTS).body())
                .contains(
                        "This home’s own pages",
                        "silently",
                        "Home Assistant for Android",
                        "Google Assistant",
                        GOOGLE,
                        "after one click",
                        "https://listed.example.org/client.json",
                        "Every other client",
                        "No client was turned away");
        assertThat(page(pageOf(GOOGLE)).body()).contains("consent to this client is in force");
        assertThat(ada.get(house.at(pageOf("https://evil.example/"))).status()).isEqualTo(404);
    }

    @Test
    void aVoiceAssistantIsCalledByItsNameAndFoundByIt() {
        house.provider().signInAutomaticallyAs("ben");
        VoiceVendor google = VoiceVendor.google(URI.create(house.origin().toString()), "my-home");
        google.arrive(new ConsentingPerson(house, ben).allow(google.linkAddress()));
        house.signIn(ada, "ada");

        assertThat(page(CLIENTS + "?q=MY-HOME").body())
                .contains("Google Assistant")
                .doesNotContain("What the configuration of this home says", house.origin() + "/<");
        assertThat(page(CLIENTS + "?q=%25").body()).contains("No client that came is called");
        assertThat(page(pageOf(GOOGLE) + "&q=bE").body()).contains(">Ben<");
        assertThat(page(pageOf(GOOGLE) + "&q=ada").body()).contains("Nobody is called like that");
    }

    @Test
    void whoeverWasTurnedAwayIsNamedAndIsNoHtml() {
        ben.get(
                house.at(
                        "/auth/authorize?response_type=code&client_id=%3Cb%3Eevil&redirect_uri=x"));
        house.signIn(ada, "ada");

        assertThat(page(CLIENTS).body())
                .contains("&lt;b&gt;evil", "not known here")
                .doesNotContain("<b>evil", "No client was turned away");
    }

    private void turnAway(String client, RefusalReason reason) {
        house.note(new AuditEvent.SignInRefused("home", "", client, reason.code(), "a1-1"));
    }

    @Test
    void nobodyEmptiesTheRowsOfOneReasonByNamesThatHoldItsWords() {
        turnAway("https://x.example/app", RefusalReason.NO_CLIENT_DOCUMENT);
        for (int i = 0; i < 20; i++) {
            turnAway("https://x.example/no-client-document/" + i, RefusalReason.UNKNOWN_CLIENT);
        }
        house.signIn(ada, "ada");

        assertThat(page(CLIENTS).body()).contains("https://x.example/app");
    }

    @Test
    void aGrantOfAnotherClientIsNotEndedOnThisPage() {
        consent();
        SignedIn own = house.signIn(ben, "ben");
        house.signIn(ada, "ada");
        String grant = grantOn(page(pageOf(house.clientId()) + "&q=ben"));

        Answer answer = ada.postForm(house.at(pageOf(PROGRAM)), Map.of("grant", grant));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(house.get(ben, "/api/config", own.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void theFamilySeesAndChangesNothing() {
        SignedIn given = consent();
        house.signIn(ada, "ada");
        String grant = grantOn(page(pageOf(PROGRAM)));
        house.signIn(ben, "ben");
        ben.carry("Sec-Fetch-Site", "same-origin");

        assertThat(ben.get(house.at(CLIENTS)).status()).isEqualTo(403);
        assertThat(ben.get(house.at(pageOf(PROGRAM))).status()).isEqualTo(403);
        assertThat(ben.postForm(house.at(pageOf(PROGRAM)), Map.of("grant", grant)).status())
                .isEqualTo(403);
        assertThat(house.get(program, "/api/config", given.accessToken()).status()).isEqualTo(200);
    }

    @Test
    void aHomeOfSomebodyElseIsNotThere() {
        house.signIn(ada, "ada");

        assertThat(ada.get(house.at(pageOf("cabin", house.clientId()))).status()).isEqualTo(404);
    }
}
