package dev.vestibule.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.AccountOrigin;
import dev.vestibule.account.Profile;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.KioskConfig;
import dev.vestibule.config.KioskConfig.DeviceKey;
import dev.vestibule.config.Role;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.policy.Presence;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// Where, and with what, a tablet and what belongs to it may be used.
class KioskPlacesTest {

    private static final HomeId ELSEWHERE = new HomeId("lake-house");
    private static final String ITS_CERTIFICATE = "ab".repeat(32);
    private static final ClientAddress HALLWAY = address("192.168.1.20");
    private static final ClientAddress KITCHEN = address("192.168.1.30");

    private final TestFacts facts = new TestFacts();
    private final Kiosks kiosks =
            Kiosks.of(
                    Map.of(
                            TestFacts.HOME,
                            List.of(
                                    kiosk("hallway", "192.168.1.20", List.of()),
                                    kiosk("kitchen", "192.168.1.30", List.of(ITS_CERTIFICATE)))));
    private final KioskPlaces places =
            new KioskPlaces(facts.clock, kiosks, facts.accounts, facts.audit);

    @AfterEach
    void close() {
        facts.close();
    }

    private static KioskConfig kiosk(String name, String network, List<String> certificates) {
        return new KioskConfig(
                name,
                List.of(Cidr.parse(network).orElseThrow()),
                DeviceKey.OFF,
                Role.USER,
                certificates);
    }

    private static ClientAddress address(String literal) {
        return new ClientAddress.Known(InetAddress.ofLiteral(literal));
    }

    private static Presence from(ClientAddress client) {
        return new Presence(client, ClientCertificate.NONE);
    }

    private static Presence showing(ClientAddress client, String fingerprint) {
        return new Presence(client, new ClientCertificate.Verified("CN=tablet", fingerprint));
    }

    private Account tablet(String name) {
        return facts.database.inTransaction(
                tx ->
                        facts.accounts.admit(
                                tx,
                                Kiosks.subject(TestFacts.HOME, name),
                                new Profile(name, name),
                                AccountOrigin.KIOSK));
    }

    @Test
    @DisplayName("F11: an address that is not known is no tablet's")
    void anUnknownAddressIsNoTablets() {
        assertThat(kiosks.at(TestFacts.HOME, from(HALLWAY))).isPresent();
        assertThat(
                        kiosks.at(
                                TestFacts.HOME,
                                from(
                                        new ClientAddress.Unknown(
                                                InetAddress.ofLiteral("192.168.1.20")))))
                .isEmpty();
        assertThat(kiosks.at(ELSEWHERE, from(HALLWAY))).isEmpty();
    }

    @Test
    @DisplayName("F11: a tablet that must have a certificate is none without it")
    void aTabletWithoutItsCertificateIsNone() {
        assertThat(kiosks.at(TestFacts.HOME, from(KITCHEN))).isEmpty();
        assertThat(kiosks.at(TestFacts.HOME, showing(KITCHEN, "cd".repeat(32)))).isEmpty();
        assertThat(kiosks.at(TestFacts.HOME, showing(KITCHEN, ITS_CERTIFICATE))).isPresent();
        assertThat(kiosks.at(TestFacts.HOME, showing(HALLWAY, ITS_CERTIFICATE)))
                .hasValueSatisfying(
                        found -> assertThat(found.config().name()).isEqualTo("hallway"));
    }

    @Test
    void whatBelongsToATabletWorksAtItsPlaceAndWithItsCertificate() {
        Account hallway = tablet("hallway");
        Account kitchen = tablet("kitchen");

        assertThat(places.judge(TestFacts.HOME, hallway.id(), from(HALLWAY))).isTrue();
        assertThat(places.judge(TestFacts.HOME, hallway.id(), from(KITCHEN))).isFalse();
        assertThat(places.judge(TestFacts.HOME, kitchen.id(), from(KITCHEN))).isFalse();
        assertThat(places.judge(TestFacts.HOME, kitchen.id(), showing(KITCHEN, ITS_CERTIFICATE)))
                .isTrue();
        assertThat(places.judge(ELSEWHERE, hallway.id(), from(HALLWAY))).isFalse();
    }

    @Test
    void aPersonMayBeAnywhere() {
        Account ada = facts.admit("ada");

        assertThat(places.judge(TestFacts.HOME, ada.id(), from(KITCHEN))).isTrue();
    }

    @Test
    void whatIsKnownNeedsNoQuestion() {
        Account hallway = tablet("hallway");
        assertThat(places.known(TestFacts.HOME, hallway.id(), from(HALLWAY))).isEmpty();
        assertThat(places.judge(TestFacts.HOME, hallway.id(), from(HALLWAY))).isTrue();

        assertThat(places.known(TestFacts.HOME, hallway.id(), from(HALLWAY))).contains(true);
        assertThat(places.known(TestFacts.HOME, hallway.id(), from(KITCHEN))).contains(false);
    }

    @Test
    void whoeverTriesACopiedTokenFillsOnlySoManyLines() {
        Account hallway = tablet("hallway");
        for (int i = 0; i < 10; i++) {
            assertThat(places.judge(TestFacts.HOME, hallway.id(), from(KITCHEN))).isFalse();
        }

        assertThat(facts.audit.newest(100))
                .filteredOn(line -> line.kind().equals("KioskElsewhere"))
                .hasSize(2);
    }
}
