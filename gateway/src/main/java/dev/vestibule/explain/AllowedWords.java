package dev.vestibule.explain;

import dev.vestibule.explain.RequestWords.Judgement;
import dev.vestibule.policy.Caller;

/// Why a request is let in, in words.
final class AllowedWords {

    private AllowedWords() {}

    static String because(Judgement judgement, Caller caller) {
        return switch (caller) {
            case Caller.Browser _ -> "The browser is signed in.";
            case Caller.Bearer(var grant) ->
                    "The access token belongs to a live grant ("
                            + PlainWords.of(grant.kind())
                            + ").";
            case Caller.View _ -> "The app's websocket was authenticated from this browser.";
            case Caller.SignedAddress _ ->
                    "The address is signed for a live grant; Home Assistant checks the signature.";
            case Caller.UnguessableAddress _ ->
                    "The address holds a token that Home Assistant handed out.";
            case Caller.Webhook _, Caller.ListedWebhook() -> "The webhook is open.";
            case Caller.AtHome() -> "It comes from a network that is listed as lan.";
            case Caller.Anonymous() -> forEverybody(judgement);
        };
    }

    private static String forEverybody(Judgement judgement) {
        return switch (judgement.route().kind()) {
            case OWN ->
                    "Everybody may open it; the page says by itself what it shows to whom, and may"
                            + " ask for a sign-in.";
            case ENDPOINT -> "Everybody may ask; what the request brings is judged by the answer.";
            case SOCKET ->
                    "Everybody may connect; the first message must bring the access token of a live"
                            + " grant, or the connection ends.";
            case SHELL ->
                    "Everybody gets the gateway's copy, and nothing of the request reaches Home"
                            + " Assistant (homes[].routes.shell).";
            case PUBLIC_FILES -> "These files are open (homes[].routes.public-files: open).";
            case TOKEN, SIGNED, CAPABILITY, WEBHOOK, INGRESS, VOICE, SESSION, CLOSED ->
                    "Nothing needs to be shown.";
        };
    }

    /// What would make it otherwise.
    static String advice(Judgement judgement) {
        return switch (judgement.route().kind()) {
            case SHELL ->
                    switch (judgement.routes().shell()) {
                        case CACHED -> "To show it to signed-in browsers only: shell: session";
                        case SESSION, OPEN -> "";
                    };
            case PUBLIC_FILES ->
                    switch (judgement.routes().publicFiles()) {
                        case OPEN -> "To close it: homes[].routes.public-files: session";
                        case SESSION -> "";
                    };
            case CAPABILITY ->
                    switch (judgement.routes().capability()) {
                        case KNOWN, LAN ->
                                "To let in signed-in people only: homes[].routes.capability: off";
                        case OFF -> "";
                    };
            case OWN, ENDPOINT, TOKEN, SOCKET, SIGNED, WEBHOOK, INGRESS, VOICE, SESSION, CLOSED ->
                    "";
        };
    }
}
