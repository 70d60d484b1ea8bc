package dev.vestibule.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.client.ClientJudgement.ForeignRedirect;
import dev.vestibule.client.ClientJudgement.Known;
import dev.vestibule.client.ClientJudgement.Unknown;
import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.config.Defaults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;

class ClientsTest {

    private static final ClientsConfig VOICE =
            new ClientsConfig(
                    List.of("my-home"), List.of("M2ABC"), List.of(), UnknownClients.REFUSE);
    private static final ClientsConfig ASK =
            new ClientsConfig(List.of(), List.of(), List.of(), UnknownClients.ASK);

    private static ClientJudgement usual(String clientId, String redirectUri) {
        return ClientHouse.judge(Defaults.CLIENTS, clientId, redirectUri);
    }

    private static ClientJudgement asking(String clientId, String redirectUri) {
        return ClientHouse.judge(ASK, clientId, redirectUri);
    }

    @Test
    void aPageOfThisHomeNeedsNobodysWord() {
        assertThat(usual("https://home.example.org/", "https://home.example.org/?auth_callback=1"))
                .isEqualTo(new Known(ClientKind.OWN, ""));
        assertThat(usual("https://home.lan:8124", "https://home.lan:8124/lovelace"))
                .isEqualTo(new Known(ClientKind.OWN, ""));
    }

    @Test
    void aPageOfThisHomeLeadsNowhereElse() {
        assertThat(usual("https://home.example.org/", "https://home.lan:8124/"))
                .isEqualTo(new ForeignRedirect());
        assertThat(usual("https://home.example.org/", "homeassistant://auth-callback"))
                .isEqualTo(new ForeignRedirect());
    }

    @ParameterizedTest
    @CsvSource({
        "https://home-assistant.io/iOS, homeassistant://auth-callback, Home Assistant for iOS",
        "https://home-assistant.io/android, homeassistant://auth-callback,"
                + " Home Assistant for Android",
        "https://home-assistant.io/android,"
                + " https://wear.googleapis.com/3p_auth/io.homeassistant.companion.android,"
                + " Home Assistant for Android",
        "https://home-assistant.io/android,"
                + " https://wear.googleapis-cn.com/3p_auth/io.homeassistant.companion.android,"
                + " Home Assistant for Android",
    })
    void theCompanionAppsAreKnown(String clientId, String redirectUri, String name) {
        assertThat(usual(clientId, redirectUri)).isEqualTo(new Known(ClientKind.APP, name));
    }

    @ParameterizedTest
    @CsvSource({
        "https://home-assistant.io/iOS, homeassistant://auth-callback/",
        "https://home-assistant.io/iOS, homeassistant://auth-callback?x=1",
        "https://home-assistant.io/iOS, HOMEASSISTANT://auth-callback",
        "https://home-assistant.io/iOS, homeassistant-dev://auth-callback",
        "https://home-assistant.io/iOS, https://home-assistant.io/iOS",
        "https://home-assistant.io/iOS,"
                + " https://wear.googleapis.com/3p_auth/io.homeassistant.companion.android",
        "https://home-assistant.io/android, https://home-assistant.io/anything",
        "https://home-assistant.io/android," + " https://wear.googleapis.com/3p_auth/io.evil",
        "https://home-assistant.io/android,"
                + " https://wear.googleapis.com.evil.example/3p_auth/"
                + "io.homeassistant.companion.android",
    })
    void anAppLeadsExactlyWhereItAlwaysDid(String clientId, String redirectUri) {
        assertThat(usual(clientId, redirectUri)).isEqualTo(new ForeignRedirect());
        assertThat(asking(clientId, redirectUri)).isEqualTo(new ForeignRedirect());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://home-assistant.io/iOS/dev-auth",
                "https://home-assistant.io/ios",
                "https://home-assistant.io/android/",
                "https://home-assistant.io/",
                "https://evil.example/",
                "http://home-assistant.io/android",
            })
    void nobodyElseBorrowsTheAppsScheme(String clientId) {
        assertThat(usual(clientId, "homeassistant://auth-callback")).isEqualTo(new Unknown());
        assertThat(asking(clientId, "homeassistant://auth-callback")).isNotInstanceOf(Known.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://oauth-redirect.googleusercontent.com/r/my-home",
                "https://oauth-redirect-sandbox.googleusercontent.com/r/my-home",
            })
    void aListedGoogleProjectMayAsk(String address) {
        assertThat(ClientHouse.judge(VOICE, address, address))
                .isEqualTo(new Known(ClientKind.VOICE, "Google Assistant"));
    }

    @Test
    void anotherGoogleProjectMayNot() {
        String theirs = "https://oauth-redirect.googleusercontent.com/r/their-home";
        String ours = "https://oauth-redirect.googleusercontent.com/r/my-home";

        assertThat(ClientHouse.judge(VOICE, theirs, theirs)).isEqualTo(new Unknown());
        assertThat(ClientHouse.judge(VOICE, ours, theirs)).isEqualTo(new ForeignRedirect());
        assertThat(ClientHouse.judge(VOICE, ours, ours + "?x")).isEqualTo(new ForeignRedirect());
        assertThat(usual(ours, ours)).isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pitangui.amazon.com",
                "https://layla.amazon.com",
                "https://alexa.amazon.co.jp",
            })
    void aListedAlexaVendorMayAskFromItsRegion(String host) {
        Known alexa = new Known(ClientKind.VOICE, "Amazon Alexa");

        assertThat(ClientHouse.judge(VOICE, host + "/", host + "/api/skill/link/M2ABC"))
                .isEqualTo(alexa);
        assertThat(ClientHouse.judge(VOICE, host, host + "/api/skill/link/M2ABC")).isEqualTo(alexa);
        assertThat(ClientHouse.judge(VOICE, host + "/", host + "/api/skill/link/M9EVIL"))
                .isEqualTo(new ForeignRedirect());
        assertThat(ClientHouse.judge(VOICE, host + "/", host + "/api/skill/link/M2ABC/../M9EVIL"))
                .isEqualTo(new ForeignRedirect());
        assertThat(usual(host + "/", host + "/api/skill/link/M2ABC")).isEqualTo(new Unknown());
    }

    @Test
    void alexaOfOneRegionDoesNotLeadToAnother() {
        assertThat(
                        ClientHouse.judge(
                                VOICE,
                                "https://layla.amazon.com/",
                                "https://pitangui.amazon.com/api/skill/link/M2ABC"))
                .isEqualTo(new ForeignRedirect());
    }

    @Test
    void strangersAreUnknownUnlessPeopleMayBeAsked() {
        String callback = "https://app.example.net/callback";

        assertThat(usual("https://app.example.net/", callback)).isEqualTo(new Unknown());
        assertThat(asking("https://app.example.net/", callback))
                .isEqualTo(new Known(ClientKind.OTHER, ""));
        assertThat(asking("http://localhost:3000/", "http://localhost:3000/callback"))
                .isEqualTo(new Known(ClientKind.OTHER, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "javascript:alert(1)",
                "https:app.example.net",
                "//app.example.net/",
                "http://app.example.net/",
                "http://192.168.1.5/",
                "https://203.0.113.5/",
                "https://1/",
                "https://0x7f.1/",
                "https://2130706433/",
                "https://[2001:db8::1]/",
                "https://app/",
                "https://app.example.net./",
                "https://App.example.net/",
                "https://app.example.net:443/",
                "https://app.example.net:0/",
                "https://user@app.example.net/",
                "https://app.example.net@evil.example/",
                "https://app.example.net/#x",
                "https://app.example.net/a/../b",
                "https://app.example.net/./",
                "https://app..example.net/",
                "https://-app.example.net/",
                "https://аpp.example.net/",
                "https://app.example.net\\@evil.example/",
                "https://app.example.net/ x",
                "ftp://app.example.net/",
            })
    void whatDoesNotNameAProgramInOneWayIsNobody(String clientId) {
        assertThat(asking(clientId, "https://app.example.net/callback"))
                .as(clientId)
                .isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)//app.example.net",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "about:blank",
                "intent://app.example.net/#Intent;end",
                "my-app://callback",
                "homeassistant://auth-callback",
                "",
                "/callback",
                "//app.example.net/callback",
                "https:/app.example.net/callback",
                "http://app.example.net/callback",
                "https://app.example.net.evil.example/callback",
                "https://app.example.net@evil.example/callback",
                "https://app.example.net:444/callback",
                "https://user@app.example.net/callback",
                "https://app.example.net/callback#x",
                "https://app.example.net/call back",
                "https://app.example.net/\u00fc",
                "https://app.example.net\\@evil.example/",
                "\thttps://app.example.net/",
            })
    void aStrangerLeadsToItsOwnHostOnly(String redirectUri) {
        assertThat(asking("https://app.example.net/", redirectUri))
                .as(redirectUri)
                .isEqualTo(new ForeignRedirect());
    }

    @Test
    void programsThatAnybodyMayWriteBringACodeChallengeAndOnlyOurPagesEndWithTheSession() {
        assertThat(ClientKind.values())
                .filteredOn(ClientKind::isBoundToSession)
                .containsExactly(ClientKind.OWN);
        assertThat(ClientKind.values())
                .filteredOn(kind -> !kind.needsConsent())
                .containsExactly(ClientKind.OWN);
        assertThat(ClientKind.values())
                .filteredOn(ClientKind::needsCodeChallenge)
                .containsExactly(ClientKind.DOCUMENT, ClientKind.OTHER);
    }

    @ParameterizedTest
    @CsvSource({
        "https://home.lan:8124/, OWN",
        "https://home-assistant.io/iOS, APP",
        "https://oauth-redirect.googleusercontent.com/r/my-home, VOICE",
        "https://pitangui.amazon.com/, VOICE",
        "https://listed.example.org/client.json, DOCUMENT",
        "https://app.example.net/, OTHER",
    })
    void howOneIsReceivedIsKnownBeforeItAsks(String clientId, ClientKind kind) {
        assertThat(standing(UnknownClients.ASK, clientId))
                .isInstanceOfSatisfying(
                        ClientStanding.Received.class,
                        received -> assertThat(received.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSE, https://app.example.net/, NOT_LISTED",
        "ASK, https://192.0.2.7/, NO_NAME",
        "ASK, somebody, NO_ADDRESS",
        "ASK, https://APP.example.net/, NO_ADDRESS",
    })
    void whyOneIsRefusedIsKnownBeforeItAsks(
            UnknownClients unknown, String clientId, ClientStanding.Reason reason) {
        assertThat(standing(unknown, clientId)).isEqualTo(new ClientStanding.Refused(reason));
    }

    private static ClientStanding standing(UnknownClients unknown, String clientId) {
        return listing(unknown).standing(clientId);
    }

    private static Clients listing(UnknownClients unknown) {
        return ClientHouse.clients(
                new ClientsConfig(
                        List.of("my-home"),
                        List.of("M2ABC"),
                        List.of(URI.create("https://listed.example.org/client.json")),
                        unknown),
                new ClientDocuments(InstantSource.system()));
    }

    @Test
    void everyoneThatIsListedIsReceivedWithoutAQuestionAboutStrangers() {
        Clients clients = listing(UnknownClients.REFUSE);

        assertThat(clients.listed())
                .contains(
                        "https://home.example.org/",
                        "https://home-assistant.io/android",
                        "https://oauth-redirect.googleusercontent.com/r/my-home",
                        "https://layla.amazon.com",
                        "https://listed.example.org/client.json")
                .doesNotHaveDuplicates()
                .allSatisfy(
                        id ->
                                assertThat(clients.standing(id))
                                        .isInstanceOf(ClientStanding.Received.class));
    }
}
