package dev.vestibule.policy;

import dev.vestibule.account.AccountId;
import dev.vestibule.connection.Connections;
import dev.vestibule.connection.Shares;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.session.LiveSession;

import java.util.Optional;

/// Who a request is, as far as it was proven.
public sealed interface Caller {

    /// Nobody that we know.
    record Anonymous() implements Caller {}

    /// A signed-in browser, by its session cookie.
    record Browser(LiveSession session) implements Caller {}

    /// A client with an access token of a live grant.
    record Bearer(LiveGrant grant) implements Caller {}

    /// An app's view, or a browser, whose websocket was authenticated by the grant.
    record View(LiveGrant grant) implements Caller {}

    /// Whoever holds an address that was signed for the grant.
    record SignedAddress(LiveGrant grant) implements Caller {}

    /// Whoever holds an address with a token that Home Assistant handed out. Nobody can tell who
    /// that is, so that what they have open is cut whenever anybody's access ends.
    ///
    /// @param crowd the connections of those of them who count as one
    record UnguessableAddress(Connections crowd) implements Caller {}

    /// Whoever knows the id of a phone's open webhook.
    ///
    /// @param callers the connections of all of them
    record Webhook(Connections callers) implements Caller {}

    /// Whoever knows the id of a webhook that the operator lists as open.
    record ListedWebhook() implements Caller {}

    /// A device in one of the networks that are listed as `lan`.
    record AtHome() implements Caller {}

    /// The person, where there is one.
    default Optional<AccountId> account() {
        return switch (this) {
            case Browser(var session) -> Optional.of(session.account());
            case Bearer(var grant) -> grant.account();
            case View(var grant) -> grant.account();
            case SignedAddress(var grant) -> grant.account();
            case Anonymous(), UnguessableAddress _, Webhook _, ListedWebhook(), AtHome() ->
                    Optional.empty();
        };
    }

    /// Whether nothing passes for them now, although they are who they are, see
    /// [LiveGrant#isHeld()].
    default boolean isHeld() {
        return switch (this) {
            case Bearer(var grant) -> grant.isHeld();
            case View(var grant) -> grant.isHeld();
            case SignedAddress(var grant) -> grant.isHeld();
            case Browser(var session) -> session.isHeld();
            case Anonymous(), UnguessableAddress _, Webhook _, ListedWebhook(), AtHome() -> false;
        };
    }

    /// Whether they are one of those whom nobody can tell apart: that their connections have ended
    /// says nothing about them, and they are judged anew when they ask again.
    default boolean isOneOfMany() {
        return switch (this) {
            case UnguessableAddress _, Webhook _ -> true;
            case Anonymous(),
                    Browser _,
                    Bearer _,
                    View _,
                    SignedAddress _,
                    ListedWebhook(),
                    AtHome() ->
                    false;
        };
    }

    /// What is open for whoever counts as one with this caller: all that ends with the same access,
    /// or, where no access can end, what comes from the same network.
    ///
    /// @param unowned of the home, for callers whose access cannot end
    default Connections connections(Shares unowned, ClientAddress client) {
        return ofAccess().orElseGet(() -> unowned.of(share(client)));
    }

    /// Whoever cannot be named is counted by where they are.
    static Cidr share(ClientAddress client) {
        return AddressLimiter.networkOf(client.accountable());
    }

    private Optional<Connections> ofAccess() {
        return switch (this) {
            case Browser(var session) -> Optional.of(session.connections());
            case Bearer(var grant) -> Optional.of(grant.connections());
            case View(var grant) -> Optional.of(grant.connections());
            case SignedAddress(var grant) -> Optional.of(grant.connections());
            case UnguessableAddress(var crowd) -> Optional.of(crowd);
            case Webhook(var callers) -> Optional.of(callers);
            case Anonymous(), ListedWebhook(), AtHome() -> Optional.empty();
        };
    }
}
