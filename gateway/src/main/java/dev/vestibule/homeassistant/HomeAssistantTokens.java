package dev.vestibule.homeassistant;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.homeassistant.Transport.Answer;
import dev.vestibule.secret.Secret;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Home Assistant's `/auth/token` and `/auth/revoke`. Safe to share between threads. Every method
/// waits, and throws [HomeAssistantUnavailable] for an outage, so that a fault is never taken for
/// an end of the grant.
///
/// The person's address goes along where Home Assistant accepts it: it enforces `local_only` by it,
/// and a refused token counts for its bans of that address.
public final class HomeAssistantTokens {

    private static final String TOKEN = "/auth/token";
    private static final Set<String> KNOWN =
            Set.of("access_token", "refresh_token", "expires_in", "token_type");

    private final Transport transport;
    private final ForwardingProbe forwarding;

    HomeAssistantTokens(Transport transport, ForwardingProbe forwarding) {
        this.transport = transport;
        this.forwarding = forwarding;
    }

    public RedeemResult redeem(AuthorizationCode code, String clientId, InetAddress client) {
        Answer answer =
                transport.postForm(
                        TOKEN,
                        Map.of(
                                "grant_type",
                                "authorization_code",
                                "code",
                                code.value().reveal(),
                                "client_id",
                                clientId),
                        forwarding.forClient(client));
        if (answer.status() != 200) {
            return new RedeemResult.Refused(answer.status(), error(answer));
        }
        JsonNode body = answer.body();
        return new RedeemResult.Tokens(
                secret(body, "access_token"),
                secret(body, "refresh_token"),
                expiresIn(body),
                extra(body));
    }

    public RefreshResult refresh(Secret refreshToken, String clientId, InetAddress client) {
        return refresh(
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        refreshToken.reveal(),
                        "client_id",
                        clientId),
                client);
    }

    /// For refresh tokens that belong to no client, such as Cast's: they must be sent without one.
    public RefreshResult refreshWithoutClient(Secret refreshToken, InetAddress client) {
        return refresh(
                Map.of("grant_type", "refresh_token", "refresh_token", refreshToken.reveal()),
                client);
    }

    private RefreshResult refresh(Map<String, String> form, InetAddress client) {
        Answer answer = transport.postForm(TOKEN, form, forwarding.forClient(client));
        if (answer.status() != 200) {
            String error = error(answer);
            return answer.status() == 400 && error.equals("invalid_grant")
                    ? new RefreshResult.InvalidGrant()
                    : new RefreshResult.Refused(answer.status(), error);
        }
        JsonNode body = answer.body();
        return new RefreshResult.AccessToken(
                secret(body, "access_token"), expiresIn(body), extra(body));
    }

    /// Ends a refresh token with its access tokens, signed paths and open sockets. Ends nothing
    /// where Home Assistant knows no such token: both answer alike.
    public void revoke(Secret refreshToken) {
        Answer answer =
                transport.postForm(
                        "/auth/revoke",
                        Map.of("token", refreshToken.reveal()),
                        ForwardedFor.NOBODY);
        if (answer.status() != 200) {
            throw new HomeAssistantUnavailable(
                    "Home Assistant answered a revocation with status " + answer.status());
        }
    }

    /// Only JSON with an `error` is a decision about a token. A 403 in plain text is a ban of the
    /// address, a 400 in plain text is about forwarding headers.
    private static String error(Answer answer) {
        return Json.nonEmptyText(answer.body(), "error")
                .orElseThrow(
                        () ->
                                new HomeAssistantUnavailable(
                                        "Home Assistant refused a token request with status "
                                                + answer.status()));
    }

    private static Secret secret(JsonNode body, String field) {
        return Json.nonEmptyText(body, field)
                .map(Secret::new)
                .orElseThrow(() -> new HomeAssistantUnavailable("Home Assistant sent no " + field));
    }

    private static Duration expiresIn(JsonNode body) {
        JsonNode seconds = body.path("expires_in");
        if (!seconds.isIntegralNumber() || !seconds.canConvertToInt() || seconds.intValue() < 0) {
            throw new HomeAssistantUnavailable("Home Assistant sent no expires_in");
        }
        return Duration.ofSeconds(seconds.intValue());
    }

    private static Map<String, JsonNode> extra(JsonNode body) {
        return body.propertyStream()
                .filter(member -> !KNOWN.contains(member.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
