package dev.vestibule.local;

import static dev.vestibule.TestFacts.HOME;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.TestFacts;
import dev.vestibule.account.AccountId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Headers;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.visit.Visitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

class TryLimitsTest {

    private static final LoginPurpose SIGN_IN = new LoginPurpose.SignIn();

    private final TestFacts facts = new TestFacts();
    private final LoginNames names = new LoginNames(facts.sealer.hashFor("a test"));
    private final FamiliarNetworks familiar = new FamiliarNetworks(facts.clock, facts.database);
    private final TryLimits limits =
            new TryLimits(
                    facts.clock,
                    new NetworkConfig(
                            List.of(), List.of(Cidr.parse("192.168.1.0/24").orElseThrow())),
                    familiar);

    @AfterEach
    void close() {
        facts.close();
    }

    private Room tryPassword(String address, String name, LoginPurpose purpose) {
        InetAddress from = InetAddress.ofLiteral(address);
        Visitor visitor =
                new Visitor(
                        HOME,
                        new Origin("https", "home.example", 443),
                        new ClientAddress.Known(from),
                        ClientCertificate.NONE,
                        from,
                        new Headers(List.of()),
                        "ref-1");
        return limits.tryPassword(visitor, names.of(HOME, name), purpose);
    }

    private static LoginPurpose linkTo(String account) {
        return new LoginPurpose.Link(new AccountId(account), 1);
    }

    /// Attack: somebody who lives in the house tries the passwords of the others.
    @Test
    void whoLinksHasTenTriesANameAtHomeToo() {
        for (int i = 0; i < 10; i++) {
            assertThat(tryPassword("192.168.1." + i, "greta", linkTo("account-" + i)))
                    .isEqualTo(Room.LEFT);
        }
        assertThat(tryPassword("192.168.1.100", "greta", linkTo("account-x")))
                .isEqualTo(Room.NONE_FOR_THE_NAME);
        assertThat(tryPassword("192.168.1.100", "greta", SIGN_IN)).isEqualTo(Room.LEFT);
    }

    @Test
    void anAccountHasTenTriesAnHourToLinkWhateverTheName() {
        for (int i = 0; i < 10; i++) {
            assertThat(tryPassword("192.168.1." + i, "name-" + i, linkTo("ben")))
                    .isEqualTo(Room.LEFT);
        }
        assertThat(tryPassword("192.168.1.100", "name-x", linkTo("ben")))
                .isEqualTo(Room.NONE_FOR_THE_ACCOUNT);
    }

    /// Attack: many machines try a password each, for as many names.
    @Test
    void strangersHaveAHundredAndTwentyTriesAMinuteTogetherAndPeopleAtHomeTheirOwn() {
        for (int i = 0; i < 120; i++) {
            assertThat(tryPassword("203.0.113." + i, "name-" + i, SIGN_IN))
                    .as("try " + i)
                    .isEqualTo(Room.LEFT);
        }
        assertThat(tryPassword("203.0.113.200", "name-x", SIGN_IN))
                .isEqualTo(Room.NONE_FOR_THE_ADDRESS);
        assertThat(tryPassword("192.168.1.7", "name-x", SIGN_IN)).isEqualTo(Room.LEFT);

        facts.clock.advance(Duration.ofMinutes(1));

        assertThat(tryPassword("203.0.113.201", "name-x", SIGN_IN)).isEqualTo(Room.LEFT);
    }

    @Test
    void peopleAtHomeHaveAHundredAndTwentyTriesAMinuteTogetherAndStrangersTheirOwn() {
        for (int i = 0; i < 120; i++) {
            assertThat(tryPassword("192.168.1." + i, "name-" + i, SIGN_IN))
                    .as("try " + i)
                    .isEqualTo(Room.LEFT);
        }
        assertThat(tryPassword("192.168.1.200", "name-x", SIGN_IN))
                .isEqualTo(Room.NONE_FOR_THE_ADDRESS);
        assertThat(tryPassword("203.0.113.7", "name-x", SIGN_IN)).isEqualTo(Room.LEFT);
    }

    /// Attack: a device at home, which has a dozen addresses, tries passwords for ever.
    @Test
    void aNameHasAHundredTriesAnHourAtHome() {
        for (int i = 0; i < 100; i++) {
            assertThat(tryPassword("192.168.1." + (i % 10), "greta", SIGN_IN))
                    .as("try " + i)
                    .isEqualTo(Room.LEFT);
            facts.clock.advance(Duration.ofSeconds(10));
        }
        Room held = tryPassword("192.168.1.100", "greta", SIGN_IN);
        assertThat(held).isEqualTo(Room.NONE_FOR_THE_FAMILIAR);
        assertThat(held.patience()).hasHours(1);
        assertThat(tryPassword("192.168.1.100", "ben", SIGN_IN)).isEqualTo(Room.LEFT);

        facts.clock.advance(Duration.ofHours(1));

        assertThat(tryPassword("192.168.1.100", "greta", SIGN_IN)).isEqualTo(Room.LEFT);
    }

    /// Attack: the device at home locks somebody out where they always sign in.
    @Test
    void whatADeviceAtHomeTriesDoesNotHoldUpPeopleWhereTheyUsuallyAre() {
        proved("192.168.1.20", "greta");
        proved("198.51.100.4", "greta");
        for (int i = 0; i < 101; i++) {
            tryPassword("192.168.1." + (100 + i % 10), "greta", SIGN_IN);
            facts.clock.advance(Duration.ofSeconds(10));
        }
        assertThat(tryPassword("192.168.1.100", "greta", SIGN_IN))
                .isEqualTo(Room.NONE_FOR_THE_FAMILIAR);

        assertThat(tryPassword("192.168.1.20", "greta", SIGN_IN)).isEqualTo(Room.LEFT);
        assertThat(tryPassword("198.51.100.4", "greta", SIGN_IN)).isEqualTo(Room.LEFT);
    }

    /// Attack: the device that somebody usually signs in with is another's now.
    @Test
    void whereSomebodyUsuallyIsTheirNameHasAHundredTriesAnHourToo() {
        proved("192.168.1.20", "greta");
        for (int i = 0; i < 100; i++) {
            assertThat(tryPassword("192.168.1.20", "greta", SIGN_IN))
                    .as("try " + i)
                    .isEqualTo(Room.LEFT);
            facts.clock.advance(Duration.ofSeconds(10));
        }
        assertThat(tryPassword("192.168.1.20", "greta", SIGN_IN))
                .isEqualTo(Room.NONE_FOR_THE_FAMILIAR);
    }

    /// Attack: the device takes another address of its network for each try. It uses up what the
    /// others there have, and nothing of what there is elsewhere.
    @Test
    void anIpv6NetworkIsOnePlaceHoweverManyAddressesADeviceTakesThere() {
        proved("2001:db8:1:2::20", "greta");
        proved("2001:db8:3:4::20", "greta");
        for (int i = 0; i < 100; i++) {
            assertThat(tryPassword("2001:db8:1:2::1:" + i, "greta", SIGN_IN))
                    .as("try " + i)
                    .isEqualTo(Room.LEFT);
            facts.clock.advance(Duration.ofSeconds(10));
        }

        assertThat(tryPassword("2001:db8:1:2::2:1", "greta", SIGN_IN))
                .isEqualTo(Room.NONE_FOR_THE_FAMILIAR);
        assertThat(tryPassword("2001:db8:1:2::20", "greta", SIGN_IN))
                .isEqualTo(Room.NONE_FOR_THE_FAMILIAR);
        assertThat(tryPassword("2001:db8:3:4::20", "greta", SIGN_IN)).isEqualTo(Room.LEFT);
    }

    private void proved(String address, String name) {
        familiar.remember(
                HOME,
                names.of(HOME, name),
                new ClientAddress.Known(InetAddress.ofLiteral(address)));
    }

    /// Attack: strangers use up what people at home may try.
    @Test
    void whatStrangersTryIsNotCountedForPeopleAtHome() {
        for (int i = 0; i < 110; i++) {
            tryPassword("203.0.113." + i, "greta", SIGN_IN);
        }
        assertThat(tryPassword("192.168.1.7", "greta", SIGN_IN)).isEqualTo(Room.LEFT);
    }

    @Test
    void aPageSaysForHowLongToWait() {
        for (int i = 0; i < 10; i++) {
            tryPassword("203.0.113." + i, "greta", SIGN_IN);
            tryPassword("203.0.113.200", "name-" + i, SIGN_IN);
        }
        assertThat(tryPassword("203.0.113.100", "greta", SIGN_IN).patience()).hasMinutes(10);
        assertThat(tryPassword("203.0.113.200", "ben", SIGN_IN).patience()).hasMinutes(1);
    }
}
