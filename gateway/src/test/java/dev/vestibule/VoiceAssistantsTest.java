package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.network.Cidr;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.voice.VoiceVendor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Vendors' servers before a whole gateway: linked through a person's browser once, and alone from
/// then on.
class VoiceAssistantsTest {

    private static final int FLOOD = 100;

    private final TestClock clock = new TestClock(Instant.now());
    private final TestHouse house =
            new TestHouse(
                    ScriptedHomeAssistant.start(
                            HomeOptions.defaults().withPort(LoopbackPort.free()).withTime(clock)),
                    GatewayHouse.Plan.USUAL.changed(
                            ClientsChange.of(
                                    new ClientsConfig(
                                            List.of("my-home"),
                                            List.of("M2ABC"),
                                            List.of(),
                                            UnknownClients.REFUSE),
                                    new NetworkConfig(
                                            List.of(),
                                            List.of(Cidr.parse("127.0.0.0/8").orElseThrow())))));
    private final VisitorBrowser browser = new VisitorBrowser();
    private final ConsentingPerson ben = new ConsentingPerson(house, browser);

    @AfterEach
    void close() {
        browser.close();
        house.close();
    }

    private URI home() {
        return URI.create(house.origin().toString());
    }

    private VoiceVendor vendor(VoiceVendor.Kind kind) {
        return switch (kind) {
            case GOOGLE -> VoiceVendor.google(home(), "my-home");
            case ALEXA -> VoiceVendor.alexa(home(), "M2ABC");
        };
    }

    private VoiceVendor linked(VoiceVendor.Kind kind) {
        house.restartGateway(clock);
        house.provider().signInAutomaticallyAs("ben");
        VoiceVendor vendor = vendor(kind);
        assertThat(vendor.arrive(ben.allow(vendor.linkAddress()))).isEqualTo(200);
        return vendor;
    }

    private String light() {
        return house.homeAssistant().state("light.hallway");
    }

    @ParameterizedTest
    @EnumSource
    void linkedOnceItSwitchesLightsForDaysWithoutAPageOrACookie(VoiceVendor.Kind kind) {
        VoiceVendor vendor = linked(kind);

        assertThat(vendor.turn("light.hallway", true).status()).isEqualTo(200);
        assertThat(light()).isEqualTo("on");
        for (int day = 0; day < 40; day++) {
            clock.advance(Duration.ofDays(1));
            assertThat(vendor.refresh()).as("day " + day).isEqualTo(200);
        }

        assertThat(vendor.turn("light.hallway", false).status()).isEqualTo(200);
        assertThat(light()).isEqualTo("off");
    }

    @Test
    void thePersonsBrowserIsAskedByNameAndMaySayNo() {
        house.provider().signInAutomaticallyAs("ben");
        VoiceVendor google = vendor(VoiceVendor.Kind.GOOGLE);
        VisitorBrowser.Answer page = ben.open(google.linkAddress());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Google Assistant", "Ben", house.origin().authority());
        URI back = ConsentingPerson.leadsTo(ben.press(page, "refuse"));
        assertThat(back.toString()).contains("error=access_denied").doesNotContain("code=");
        assertThat(google.arrive(back)).isEqualTo(400);
        assertThat(house.isAudited("ConsentRefused")).isTrue();
    }

    @Test
    void aProjectThatNobodyListedReachesNothing() {
        int before = house.homeAssistant().record().requests().size();

        VoiceVendor theirs = VoiceVendor.google(home(), "their-home");

        assertThat(browser.get(theirs.linkAddress()).status()).isEqualTo(403);
        assertThat(house.homeAssistant().record().requests()).hasSize(before);
    }

    @Test
    void madeUpTokensFromTheSameAddressDoNotSilenceIt() {
        VoiceVendor google = linked(VoiceVendor.Kind.GOOGLE);

        flood();

        assertThat(google.turn("light.hallway", true).status()).isEqualTo(200);
        assertThat(google.refresh()).isEqualTo(200);
        assertThat(google.turn("light.hallway", false).status()).isEqualTo(200);
    }

    /// The gateway has forgotten which access tokens it gave, and has to ask.
    @Test
    void notEvenRightAfterARestart() {
        VoiceVendor google = linked(VoiceVendor.Kind.GOOGLE);
        house.restartGateway(clock);

        flood();

        assertThat(google.turn("light.hallway", true).status()).isEqualTo(200);
        assertThat(google.refresh()).isEqualTo(200);
    }

    private void flood() {
        try (VisitorBrowser attacker = new VisitorBrowser()) {
            for (int i = 0; i < FLOOD; i++) {
                attacker.postJson(
                        house.at("/api/google_assistant"),
                        "{}",
                        "Authorization",
                        "Bearer " + madeUp(i));
                attacker.postForm(
                        house.at("/auth/token"),
                        Map.of(
                                "grant_type", "refresh_token",
                                "client_id", "https://layla.amazon.com/",
                                "refresh_token", "made up " + i));
                attacker.postForm(
                        house.at("/auth/token"),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", "https://layla.amazon.com/",
                                "code", "made up " + i));
            }
        }
    }

    /// In the form of Home Assistant's own, so that somebody has to be asked.
    private String madeUp(int i) {
        long now = clock.instant().getEpochSecond();
        String claims =
                "{\"iss\": \"%032x\", \"iat\": %d, \"exp\": %d}".formatted(i, now, now + 1_800);
        return "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.US_ASCII))
                + ".c2lnbmF0dXJl";
    }

    @Test
    void withoutItsPersonItIsSilentAtOnce() {
        VoiceVendor google = linked(VoiceVendor.Kind.GOOGLE);

        house.suspend("ben");

        assertThat(google.turn("light.hallway", true).status()).isEqualTo(401);
        assertThat(google.refresh()).isEqualTo(400);
        assertThat(light()).isEqualTo("off");
    }

    @Test
    void aPersonWhoSignsOutKeepsTheirSpeakers() {
        VoiceVendor google = linked(VoiceVendor.Kind.GOOGLE);

        browser.postForm(
                house.at("/auth/vestibule/sign-out"),
                Map.of("where", "here"),
                "Origin",
                house.origin().toString());

        assertThat(google.refresh()).isEqualTo(200);
        assertThat(google.turn("light.hallway", true).status()).isEqualTo(200);
    }

    @Test
    void aSpeakerInTheHouseFetchesWhatHomeAssistantSignedForIt() {
        linked(VoiceVendor.Kind.GOOGLE);
        String song =
                house.homeAssistant()
                        .media()
                        .signAsContentUser("/media/local/song.mp3", Duration.ofMinutes(5));

        try (VisitorBrowser speaker = new VisitorBrowser()) {
            assertThat(speaker.get(house.at(song)).body()).isEqualTo("a song");
            assertThat(speaker.get(house.at(song + "x")).status()).isEqualTo(401);
            assertThat(speaker.get(house.at("/media/local/song.mp3")).status()).isEqualTo(401);
            assertThat(speaker.get(house.at(song), "X-Forwarded-For", "192.168.1.5").status())
                    .as("behind a proxy that nobody listed it may come from anywhere")
                    .isEqualTo(401);
        }
    }
}
