package dev.vestibule.explain;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.policy.AccessDecision;
import dev.vestibule.policy.Route;
import dev.vestibule.policy.RouteClass;

import java.util.List;

/// What the door made of a request that nobody made.
public sealed interface Rehearsed {

    /// It is refused before anybody asks what it wants.
    ///
    /// @param status of the answer
    /// @param sentence as it is answered
    record Unreadable(int status, String sentence) implements Rehearsed {}

    /// It can be read.
    ///
    /// @param client from where it comes, as the door would believe
    record Heard(
            HomeId home,
            Origin origin,
            RequestTarget target,
            String method,
            ClientAddress client,
            InFront inFront,
            Outcome outcome)
            implements Rehearsed {}

    /// Whether requests must come through a proxy in front.
    enum InFront {
        NOT_DEMANDED,
        /// It is demanded, and supposed.
        SUPPOSED,
        /// It is demanded, though not of this request.
        NOT_OF_THIS
    }

    /// What becomes of it.
    sealed interface Outcome {

        /// It did not come through the proxy that is demanded.
        record WalkedAround(RouteClass kind) implements Outcome {}

        record NoSuchPath() implements Outcome {}

        /// @param allowed methods that the path has
        record OtherMethod(List<String> allowed) implements Outcome {
            public OtherMethod {
                allowed = List.copyOf(allowed);
            }
        }

        /// Its query cannot be read.
        record UnreadableQuery(Route route, String sentence) implements Outcome {}

        /// @param decision [AccessDecision.MustAsk] where only Home Assistant could say
        record Judged(Route route, AccessDecision decision) implements Outcome {}
    }
}
