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
import java.util.List;

class TryLimitsTest {

    private static final LoginPurpose SIGN_IN = new LoginPurpose.SignIn();

    private final TestFacts facts = new TestFacts();
    private final LoginNames names = new LoginNames(facts.sealer.hashFor("a test"));
    private final TryLimits limits =
            new TryLimits(
                    facts.clock,
                    new NetworkConfig(
                            List.of(), List.of(Cidr.parse("192.168.1.0/24").orElseThrow())),
                    new FamiliarNetworks(facts.clock, facts.database));

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
