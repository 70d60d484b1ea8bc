package dev.vestibule.explain;

import dev.vestibule.policy.Route;
import dev.vestibule.policy.Route.Action;
import dev.vestibule.policy.RouteClass;

/// What a class of routes is, in words.
final class ClassWords {

    private ClassWords() {}

    static String meaning(RouteClass kind) {
        return switch (kind) {
            case OWN -> "the gateway's own pages";
            case ENDPOINT -> "the gateway's own endpoints for programs";
            case SHELL -> "the front end's files and pages";
            case TOKEN -> "Home Assistant's API";
            case SOCKET -> "the websocket";
            case SIGNED -> "signed addresses";
            case CAPABILITY -> "pictures and streams with an unguessable id in the address";
            case WEBHOOK -> "webhooks, such as phones'";
            case PUBLIC_FILES -> "files of Home Assistant's www folder";
            case INGRESS -> "pages of add-ons";
            case VOICE -> "voice assistants and model contexts";
            case SESSION -> "pages for signed-in browsers";
            case CLOSED -> "closed to everybody";
        };
    }

    static String counts(RouteClass kind) {
        return switch (kind) {
            case OWN -> "what the page itself asks for: most ask for a signed-in browser";
            case ENDPOINT -> "what the request brings: a code, a refresh token";
            case SHELL -> "nothing, or a signed-in browser; see homes[].routes.shell";
            case TOKEN -> "an access token, or a signature in the address";
            case SOCKET -> "the access token in the first message";
            case SIGNED -> "the signature in the address";
            case CAPABILITY ->
                    "an access token, a signature, a token in the address, a signed-in browser or"
                            + " app view";
            case WEBHOOK -> "the id in the address";
            case PUBLIC_FILES ->
                    "the network (lan), an access token, a signature, a signed-in browser or app"
                            + " view";
            case INGRESS -> "the add-on's cookie and a signed-in browser or app view, both";
            case VOICE -> "an access token and nothing else";
            case SESSION -> "a signed-in browser";
            case CLOSED -> "nothing";
        };
    }

    static String goesTo(Action action) {
        return switch (action) {
            case Action.Answer _, Action.AnswerKnown _ -> "the gateway, which answers itself";
            case Action.AnswerFromCopy _ -> "the gateway's copy of the front end";
            case Action.Forward(), Action.ForwardRegistration() -> "Home Assistant";
            case Action.Socket() -> "the gateway, and Home Assistant once the token was proven";
            case Action.Deny() -> "nobody";
        };
    }

    static String body(Route route) {
        long max = route.bodyBytesMax();
        if (max == Long.MAX_VALUE) {
            return "streamed, without a limit here";
        }
        return max == 0 ? "" : "up to " + max / 1024 + " KiB";
    }
}
