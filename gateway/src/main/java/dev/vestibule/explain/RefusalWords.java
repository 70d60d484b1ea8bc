package dev.vestibule.explain;

import dev.vestibule.explain.RequestWords.Judgement;
import dev.vestibule.policy.AccessDecision.Refusal;
import dev.vestibule.policy.RouteClass;

import java.util.Arrays;
import java.util.Optional;

/// Why a request is refused, in words.
public final class RefusalWords {

    private RefusalWords() {}

    /// The reason that has this name in the log.
    public static Optional<Refusal> named(String code) {
        return Arrays.stream(Refusal.values())
                .filter(refusal -> refusal.code().equals(code))
                .findFirst();
    }

    /// @param kind of the route
    public static String because(Refusal refusal, RouteClass kind) {
        return switch (refusal) {
            case NO_CREDENTIAL -> "Nothing was shown that counts here.";
            case DEAD_CREDENTIAL ->
                    "What was shown has ended, was never ours, or opens nothing here.";
            case CLOSED ->
                    kind == RouteClass.CLOSED
                            ? "The gateway keeps this path closed for everybody, and asks Home"
                                    + " Assistant nothing."
                            : "This is not for whoever asks.";
            case UNKNOWN_WEBHOOK ->
                    "No open webhook has this id: it is no phone's of an active person, and no"
                            + " listed one from there with this method.";
            case GONE_WEBHOOK ->
                    "The webhook was closed for good when its person's access ended; their phone is"
                            + " to register anew.";
            case FOREIGN_PAGE ->
                    "A page of another site asks with the cookies of its reader; a websocket by"
                            + " cookie must name a page of this home.";
            case FOREIGN_INGRESS_SESSION -> "The add-on's session is somebody else's.";
            case WALKED_AROUND -> "It did not come through the proxy that is demanded in front.";
            case NOT_AT_HOME -> "The person may come in from home only, and this is elsewhere.";
            case NOT_AT_ITS_PLACE ->
                    "What belongs to a wall tablet works in the tablet's own network only, and with"
                            + " its certificate where it must have one.";
            case HOUSE_LEFT ->
                    "The operator has taken Vestibule away from this home, or is at it: nothing"
                            + " passes.";
            case UNJUDGEABLE ->
                    "It cannot be judged now: Home Assistant or the database is away, an approval"
                            + " is missing, or a change of the person's role is on its way.";
        };
    }

    static String advice(Refusal refusal, Judgement judgement) {
        RouteClass kind = judgement.route().kind();
        return switch (refusal) {
            case NO_CREDENTIAL -> forWhoShowsNothing(kind);
            case CLOSED ->
                    kind == RouteClass.CLOSED
                            ? "No key opens it: Home Assistant's own sign-in and set-up stay"
                                    + " behind the gateway."
                            : ofReason(refusal);
            case DEAD_CREDENTIAL,
                    UNKNOWN_WEBHOOK,
                    GONE_WEBHOOK,
                    FOREIGN_PAGE,
                    FOREIGN_INGRESS_SESSION,
                    WALKED_AROUND,
                    NOT_AT_HOME,
                    NOT_AT_ITS_PLACE,
                    HOUSE_LEFT,
                    UNJUDGEABLE ->
                    ofReason(refusal);
        };
    }

    private static String forWhoShowsNothing(RouteClass kind) {
        return switch (kind) {
            case PUBLIC_FILES ->
                    "To open it: homes[].routes.public-files: open, or list the network in"
                            + " network.lan";
            case CAPABILITY ->
                    "To open it at home: homes[].routes.capability: lan, and list the network in"
                            + " network.lan";
            case OWN,
                    ENDPOINT,
                    SHELL,
                    TOKEN,
                    SOCKET,
                    SIGNED,
                    WEBHOOK,
                    INGRESS,
                    VOICE,
                    SESSION,
                    CLOSED ->
                    "Add --as ACCOUNT, or --token, to see what a person or a program gets.";
        };
    }

    /// What to do about it, whatever was asked for.
    public static String ofReason(Refusal refusal) {
        return switch (refusal) {
            case NO_CREDENTIAL -> "Sign in, or show an access token.";
            case DEAD_CREDENTIAL -> "vestibule explain --token says why a token is dead.";
            case CLOSED -> "Nothing is to be done: it is meant to be closed.";
            case UNKNOWN_WEBHOOK ->
                    "For a phone: open its app while signed in. For another one: list it in"
                            + " homes[].routes.webhooks, with its methods and from where.";
            case GONE_WEBHOOK -> "Open the app on the phone: it registers by itself.";
            case FOREIGN_PAGE ->
                    "If that page is at another address of this home, list it in homes[].origins;"
                            + " explain supposes a page by --page ORIGIN.";
            case FOREIGN_INGRESS_SESSION -> "Close the add-on's page and open it again.";
            case WALKED_AROUND -> "Use the proxy's address, or see homes[].routes.require-upstream";
            case NOT_AT_HOME ->
                    "Home Assistant says so: switch off 'local only' of its user there, or list the"
                            + " network in network.lan; an emergency away from home takes a code"
                            + " of vestibule break-glass --anywhere, once whoever is in with"
                            + " another code has signed out";
            case NOT_AT_ITS_PLACE ->
                    "List the network in homes[].sign-in.kiosks[].trusted-networks";
            case HOUSE_LEFT ->
                    "Have the reverse proxy lead to Home Assistant, or say vestibule leave"
                            + " --come-back and start the gateway anew.";
            case UNJUDGEABLE ->
                    "vestibule doctor says whether Home Assistant answers; vestibule grant list"
                            + " shows what waits for approval.";
        };
    }
}
