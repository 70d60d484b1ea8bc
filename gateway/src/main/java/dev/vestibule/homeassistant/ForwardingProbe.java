package dev.vestibule.homeassistant;

import dev.vestibule.homeassistant.Transport.Answer;

import java.net.InetAddress;

/// Finds out whether Home Assistant accepts `X-Forwarded-For` from the gateway, and remembers it.
/// Safe to share between threads.
final class ForwardingProbe {

    /// An address for documentation (RFC 5737): nobody's, so that nobody's is written to a log.
    private static final ForwardedFor EXAMPLE = new ForwardedFor("192.0.2.1");

    private static final String ANYBODY_MAY_ASK = "/auth/providers";

    private final Transport transport;
    private volatile ForwardedHeaders known = new ForwardedHeaders.Unknown();

    ForwardingProbe(Transport transport) {
        this.transport = transport;
    }

    /// For a talk in which nobody comes through the gateway: it never asks and names nobody.
    static ForwardingProbe silent(Transport transport) {
        ForwardingProbe silent = new ForwardingProbe(transport);
        silent.known = new ForwardedHeaders.NotConfigured();
        return silent;
    }

    /// Never waits.
    ForwardedHeaders known() {
        return known;
    }

    /// Asks once with the header. Home Assistant refuses an unwanted header before it looks at the
    /// path, with a 400 that is no JSON; its own 400 of a house that is not set up is JSON.
    void ask() {
        Answer answer = transport.get(ANYBODY_MAY_ASK, EXAMPLE);
        if (answer.status() == 400 && !answer.isJson()) {
            known = new ForwardedHeaders.NotConfigured();
        } else if (answer.isJson()) {
            known = new ForwardedHeaders.Accepted();
        } else {
            throw new HomeAssistantUnavailable(
                    "Home Assistant answered the question for providers with status "
                            + answer.status());
        }
    }

    /// Whether Home Assistant still waits for its first user.
    boolean isNotOnboarded() {
        Answer answer = transport.get(ANYBODY_MAY_ASK, ForwardedFor.NOBODY);
        return answer.status() == 400
                && Json.text(answer.body(), "code").equals("onboarding_required");
    }

    /// What to name to Home Assistant for a request of this client. Asks and waits while that is
    /// not known: who is not named is taken for the gateway, and a person who may come in from the
    /// home's own network only would be let in from anywhere.
    ///
    /// @throws HomeAssistantUnavailable when the answer cannot be had
    ForwardedFor forClient(InetAddress client) {
        if (known instanceof ForwardedHeaders.Unknown) {
            ask();
        }
        return switch (known) {
            case ForwardedHeaders.Accepted _ -> ForwardedFor.of(client);
            case ForwardedHeaders.NotConfigured _, ForwardedHeaders.Unknown _ ->
                    ForwardedFor.NOBODY;
        };
    }
}
