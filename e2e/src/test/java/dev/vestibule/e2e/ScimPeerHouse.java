package dev.vestibule.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.GatewayHouse.SignedIn;
import dev.vestibule.TestHouse;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.util.List;

/// A gateway to which SCIM clients that are not ours send people, and Ben, who walks in once he is
/// sent as `externalId` [#BEN] and is in the group [#FAMILY].
final class ScimPeerHouse implements AutoCloseable {

    static final String BEN = "ben";
    static final String FAMILY = "family";

    private final TestHouse house = new TestHouse();
    private final VisitorBrowser ben = new VisitorBrowser();

    /// Where the resources are.
    String address() {
        return house.at("/scim/v2").toString();
    }

    /// The token of a new client.
    String tokenOf(String name) {
        return switch (house.gateway().commands().scimClients().add(name, "", List.of())) {
            case ControlOutcome.NewToken(var token, _) -> token.reveal();
            case ControlOutcome.Done _, ControlOutcome.Refused _ ->
                    throw new IllegalStateException("no SCIM client was added: " + name);
        };
    }

    /// Ben signs in and opens a page.
    VisitorSocket benOpensAPage() {
        SignedIn signedIn = house.signIn(ben, BEN);
        VisitorSocket page = house.openSocket(ben);
        assertThat(page.authenticate(signedIn.accessToken())).isEqualTo("auth_ok");
        return page;
    }

    /// The status that Ben gets when he tries to walk in.
    int statusForBen() {
        house.provider().signInAutomaticallyAs(BEN);
        try (VisitorBrowser stranger = new VisitorBrowser()) {
            return stranger.walk(house.authorizeAddress(), house.landing()).status();
        }
    }

    @Override
    public void close() {
        ben.close();
        house.close();
    }
}
