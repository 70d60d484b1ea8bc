package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.Plan;
import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A proxy that names people and signs nothing, through a whole gateway.
final class UnsignedHeadersTest {

    private static final String[] ADA = {
        "Remote-User", "ada", "Remote-Name", "Ada L", "Remote-Groups", "admins"
    };

    private final VisitorBrowser browser = new VisitorBrowser();

    @AfterEach
    void close() {
        browser.close();
    }

    private static TestHouse believing(String peer) {
        return new TestHouse(Plan.USUAL.changed(InFront.saying(peer)));
    }

    @Test
    void whomTheNamedPeerNamesIsInTheHouseWithoutAPage() {
        try (TestHouse house = believing("127.0.0.1")) {
            browser.carry(ADA);
            SignedIn ada =
                    house.redeem(
                            browser,
                            GatewayHouse.codeIn(
                                    browser.walk(house.authorizeAddress(), house.landing())));
            house.homeAssistant().record().clear();

            assertThat(house.get(browser, "/api/config", ada.accessToken()).status())
                    .isEqualTo(200);

            assertThat(house.homeAssistant().userNamed("Ada L")).isPresent();
            assertThat(house.homeAssistant().record().contains("Ada L")).isFalse();
        }
    }

    @Test
    @DisplayName("B1: from any other peer they are nobody's")
    void fromAnyOtherPeerTheyAreNobodys() {
        try (TestHouse house = believing("172.18.0.2")) {
            browser.carry(ADA);

            Answer answer = browser.get(house.authorizeAddress());

            assertThat(answer.location()).startsWith(house.provider().issuer().toString());
        }
    }

    @Test
    @DisplayName("B5: a forwarded address makes nobody the named peer")
    void aForwardedAddressMakesNobodyThePeer() {
        try (TestHouse house = believing("172.18.0.2")) {
            browser.carry(
                    "Remote-User",
                    "ada",
                    "Remote-Groups",
                    "admins",
                    "X-Forwarded-For",
                    "172.18.0.2",
                    "Forwarded",
                    "for=172.18.0.2");

            Answer answer = browser.get(house.authorizeAddress());

            assertThat(answer.location()).startsWith(house.provider().issuer().toString());
            assertThat(house.gateway().accounts().list()).isEmpty();
        }
    }

    @Test
    @DisplayName("B2: an underscore twin beside the proxy's header makes both worth nothing")
    void anUnderscoreTwinMakesBothWorthNothing() {
        try (TestHouse house = believing("127.0.0.1")) {
            browser.carry("Remote-User", "ada", "Remote_User", "eve");

            Answer answer = browser.get(house.authorizeAddress());

            assertThat(answer.location()).startsWith(house.provider().issuer().toString());
            assertThat(house.isAuditedFor("trusted-headers-header-doubled")).isTrue();
        }
    }

    @Test
    @DisplayName("B2: groups of one's own beside the proxy's sign nobody in")
    void groupsOfOnesOwnSignNobodyIn() {
        try (TestHouse house = believing("127.0.0.1")) {
            browser.carry(
                    "Remote-User", "eve", "Remote-Groups", "family", "Remote_Groups", "admins");

            Answer answer = browser.get(house.authorizeAddress());

            assertThat(answer.location()).startsWith(house.provider().issuer().toString());
            assertThat(house.gateway().accounts().list()).isEmpty();
        }
    }
}
