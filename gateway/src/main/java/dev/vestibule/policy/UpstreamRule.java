package dev.vestibule.policy;

import dev.vestibule.config.HomeId;
import dev.vestibule.http.Headers;

import java.net.InetAddress;
import java.util.function.Supplier;

/// Whether a request must have come through a proxy in front, and did. Asked at the door before
/// anything else, for every path (attack: the person behind the proxy's sign-in is nobody; whoever
/// finds the gateway's own port walks around it).
public interface UpstreamRule {

    /// Where every way to the door is as good as another.
    UpstreamRule NONE =
            new UpstreamRule() {
                @Override
                public boolean appliesAt(HomeId home) {
                    return false;
                }

                @Override
                public Finding decide(Approach approach) {
                    return Finding.CAME_THROUGH;
                }

                @Override
                public Finding judge(Approach approach) {
                    return Finding.CAME_THROUGH;
                }
            };

    /// How a request came to the door.
    ///
    /// @param peer the other end of the connection, never a forwarded address
    record Approach(HomeId home, RouteClass kind, InetAddress peer, Supplier<Headers> headers) {}

    /// What can be said about it.
    enum Finding {
        CAME_THROUGH,
        WALKED_AROUND,
        /// The proxy's keys are away.
        UNJUDGEABLE,
        /// Only by waiting: ask again with [#judge].
        MUST_ASK
    }

    /// Whether anything is demanded at a home; never waits.
    boolean appliesAt(HomeId home);

    /// Never waits.
    Finding decide(Approach approach);

    /// May wait; never gives [Finding#MUST_ASK].
    Finding judge(Approach approach);
}
