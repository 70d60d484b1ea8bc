package dev.vestibule.policy;

import java.util.Locale;

/// What becomes of a request. The same for HTTP and websocket.
public sealed interface AccessDecision {

    /// It may go where its route leads.
    ///
    /// @param caller as whom; what it opens is cut with this caller's connections
    record Allow(Caller caller) implements AccessDecision {}

    /// It goes to Home Assistant although the gateway holds a copy: the operator opened the shell.
    record AllowStraight() implements AccessDecision {}

    /// A person's browser that must sign in before.
    record SignInFirst() implements AccessDecision {}

    /// It may not.
    record Refuse(Refusal refusal) implements AccessDecision {}

    /// It cannot be decided without waiting; ask again with [AccessPolicy#judge].
    record MustAsk() implements AccessDecision {}

    /// Why not, and so how it is said.
    enum Refusal {
        /// 401: nothing was shown.
        NO_CREDENTIAL,

        /// 401: what was shown is proven dead, or opens nothing here.
        DEAD_CREDENTIAL,

        /// 403: whoever it is, this is not for them.
        CLOSED,

        /// 403: no open webhook. Never 404: on 404, 410 or an empty 200 the phone apps register
        /// anew.
        UNKNOWN_WEBHOOK,

        /// 410: the webhook ended with its person's access, who may come in again: their phone is
        /// to register anew, for which it needs a live token.
        GONE_WEBHOOK,

        /// 403: a page of somebody else asks with the cookies of the person in front of it.
        FOREIGN_PAGE,

        /// 403: the add-on's session is somebody else's.
        FOREIGN_INGRESS_SESSION,

        /// 403: the request did not come through the proxy that is demanded in front.
        WALKED_AROUND,

        /// 403: the person may come in from home only. Not 401: their token lives, and works there.
        NOT_AT_HOME,

        /// 403: what belongs to a wall tablet is used elsewhere. Not 401: it works where the tablet
        /// is.
        NOT_AT_ITS_PLACE,

        /// 503: the operator takes the gateway away from this home. Never 401: what clients have
        /// may be Home Assistant's own, and works there.
        HOUSE_LEFT,

        /// 503: the credential cannot be judged now. Never 401: clients drop their tokens on it.
        UNJUDGEABLE;

        /// Of the answer.
        public int status() {
            return switch (this) {
                case NO_CREDENTIAL, DEAD_CREDENTIAL -> 401;
                case CLOSED,
                        UNKNOWN_WEBHOOK,
                        FOREIGN_PAGE,
                        FOREIGN_INGRESS_SESSION,
                        WALKED_AROUND,
                        NOT_AT_HOME,
                        NOT_AT_ITS_PLACE ->
                        403;
                case GONE_WEBHOOK -> 410;
                case HOUSE_LEFT, UNJUDGEABLE -> 503;
            };
        }

        /// The stable name in the log, which programs such as fail2ban read.
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
