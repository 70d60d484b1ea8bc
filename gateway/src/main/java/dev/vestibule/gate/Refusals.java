package dev.vestibule.gate;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Problems;
import dev.vestibule.http.Response;
import dev.vestibule.http.Text;
import dev.vestibule.policy.AccessDecision.Refusal;

import java.util.List;

/// The words for what the door does not do.
final class Refusals {

    private Refusals() {}

    static Response of(Refusal refusal, RequestHead head) {
        return switch (refusal) {
            case NO_CREDENTIAL -> challenged(head, "");
            case DEAD_CREDENTIAL -> challenged(head, ", error=\"invalid_token\"");
            case CLOSED, UNKNOWN_WEBHOOK, FOREIGN_PAGE, FOREIGN_INGRESS_SESSION ->
                    say(head, refusal.status(), text("problem.closed"));
            // The apps register anew, with the bearer of a live grant, when they hear this.
            case GONE_WEBHOOK -> say(head, refusal.status(), text("problem.gone"));
            case WALKED_AROUND -> say(head, refusal.status(), text("assertion.walked-around"));
            case NOT_AT_ITS_PLACE -> say(head, refusal.status(), text("kiosk.elsewhere"));
            case NOT_AT_HOME -> say(head, refusal.status(), text("problem.not-at-home"));
            case HOUSE_LEFT ->
                    say(head, refusal.status(), text("problem.left")).with("retry-after", "60");
            case UNJUDGEABLE ->
                    say(head, refusal.status(), text("problem.unjudgeable"))
                            .with("retry-after", "5");
        };
    }

    private static Response challenged(RequestHead head, String error) {
        Response answer = say(head, 401, text("problem.sign-in"));
        return ToolServers.metadata(head.origin(), head.target())
                .map(
                        metadata ->
                                answer.with(
                                        "www-authenticate",
                                        "Bearer resource_metadata=\"" + metadata + "\"" + error))
                .orElse(answer);
    }

    static Response notFound(RequestHead head) {
        return say(head, 404, text("problem.not-found"));
    }

    static Response otherMethod(RequestHead head, List<String> allowed) {
        return say(head, 405, text("problem.method")).with("allow", String.join(", ", allowed));
    }

    static Response tooLarge(RequestHead head) {
        return say(head, 413, text("problem.too-large"));
    }

    static Response busy(RequestHead head) {
        return say(head, 503, text("problem.busy")).with("retry-after", "1");
    }

    static Response failed(RequestHead head) {
        return say(head, 500, text("problem.failed"));
    }

    static Response away(RequestHead head) {
        return say(head, 503, text("problem.away")).with("retry-after", "5");
    }

    static Response badHandshake(RequestHead head) {
        return say(head, 400, text("problem.handshake"));
    }

    static Response otherVersion(RequestHead head) {
        return say(head, 426, text("problem.websocket-version"))
                .with("sec-websocket-version", "13");
    }

    static Response unreadable(RequestHead head, String sentence) {
        return say(head, 400, Text.verbatim(sentence));
    }

    private static Response say(RequestHead head, int status, Text sentence) {
        return Problems.answer(head.problemForm(), status, sentence, head.id());
    }
}
