package dev.vestibule.gate;

import dev.vestibule.http.Problems;
import dev.vestibule.http.Response;
import dev.vestibule.policy.AccessDecision.Refusal;

import java.util.List;

/// The words for what the door does not do.
final class Refusals {

    private Refusals() {}

    static Response of(Refusal refusal, RequestHead head) {
        return switch (refusal) {
            case NO_CREDENTIAL, DEAD_CREDENTIAL -> unauthenticated(head);
            case CLOSED, UNKNOWN_WEBHOOK, FOREIGN_PAGE, FOREIGN_INGRESS_SESSION ->
                    say(head, 403, "This is not open from here.");
            // The apps register anew, with the bearer of a live grant, when they hear this.
            case GONE_WEBHOOK -> say(head, 410, "This is no more. Please register anew.");
            case NOT_AT_HOME -> say(head, 403, "This is open to you at home only.");
            case UNJUDGEABLE ->
                    say(head, 503, "Who you are cannot be checked now. Please try again.")
                            .with("retry-after", "5");
        };
    }

    static Response unauthenticated(RequestHead head) {
        return say(head, 401, "Please sign in.");
    }

    static Response notFound(RequestHead head) {
        return say(head, 404, "There is nothing here.");
    }

    static Response otherMethod(RequestHead head, List<String> allowed) {
        return say(head, 405, "This cannot be done here.")
                .with("allow", String.join(", ", allowed));
    }

    static Response tooLarge(RequestHead head) {
        return say(head, 413, "That is more than may be sent here.");
    }

    static Response busy(RequestHead head) {
        return say(head, 503, "Too much is going on. Please try again.").with("retry-after", "1");
    }

    static Response failed(RequestHead head) {
        return say(head, 500, "Something went wrong here.");
    }

    static Response away(RequestHead head) {
        return say(head, 503, "A part of the house is away. Please try again.")
                .with("retry-after", "5");
    }

    static Response badHandshake(RequestHead head) {
        return say(head, 400, "This is no websocket handshake.");
    }

    static Response otherVersion(RequestHead head) {
        return say(head, 426, "Only version 13 of websockets is spoken here.")
                .with("sec-websocket-version", "13");
    }

    static Response unreadable(RequestHead head, String sentence) {
        return say(head, 400, sentence);
    }

    private static Response say(RequestHead head, int status, String sentence) {
        return Problems.answer(head.problemForm(), status, sentence, head.id());
    }
}
