package dev.vestibule.policy;

import dev.vestibule.http.Guard;
import dev.vestibule.http.Handler;

import java.util.Set;

/// One line of the table of paths.
///
/// @param methods upper-case names; GET covers HEAD
/// @param bodyBytesMax how much a request may bring; what is passed on is not limited here
/// @param isForEverybodysPages true where pages of foreign origins may ask (CORS), as they may of
///   Home Assistant
public record Route(
        RoutePattern pattern,
        Set<String> methods,
        RouteClass kind,
        long bodyBytesMax,
        boolean isForEverybodysPages,
        Action action) {

    public Route {
        methods = Set.copyOf(methods);
    }

    /// Who answers.
    public sealed interface Action {

        /// A handler of ours.
        record Answer(Handler handler) implements Action {}

        /// A handler of ours that takes large bodies from those whom it knows.
        ///
        /// @param guard is asked where more comes than [#BODY_OF_ANYBODY]
        record AnswerKnown(Guard guard, Handler handler) implements Action {

            /// What everybody may send.
            public static final long BODY_OF_ANYBODY = 64 * 1024;
        }

        /// The gateway's copy of the front end.
        ///
        /// @param signedIn answers those whose credential was proven
        /// @param mayPass true where the operator's `shell: open` passes the request on
        record AnswerFromCopy(Handler anybody, Handler signedIn, boolean mayPass)
                implements Action {}

        /// Home Assistant.
        record Forward() implements Action {}

        /// Home Assistant, and its answer names a new webhook that is learned on the way.
        record ForwardRegistration() implements Action {}

        /// The websocket of Home Assistant.
        record Socket() implements Action {}

        /// Nobody.
        record Deny() implements Action {}
    }

    boolean allows(String method) {
        return methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }
}
