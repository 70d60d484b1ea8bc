package dev.vestibule.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.admission.LoginHomes;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.audit.WayIn;
import dev.vestibule.grant.FreshAccessToken;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.login.CodeRedemption.Proof;
import dev.vestibule.login.TokenResult.Issued;
import dev.vestibule.login.TokenResult.Refreshed;
import dev.vestibule.login.TokenResult.Refused;
import dev.vestibule.login.TokenResult.TryLater;
import dev.vestibule.secret.Secret;
import dev.vestibule.store.DatabaseUnavailable;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/// `POST /auth/token`, with the forms and errors of Home Assistant. A fault is 503 and never
/// `invalid_grant`: phones drop everything on that and ask their people to set them up anew.
final class TokenHandler implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(TokenHandler.class);
    private static final String PLACE = "token-endpoint";

    private final LoginHomes homes;
    private final CodeRedemption redemption;
    private final TokenRefresh refresh;
    private final RevokeHandler revocation;
    private final RequestRefusals refusals;

    TokenHandler(
            LoginHomes homes,
            CodeRedemption redemption,
            TokenRefresh refresh,
            RevokeHandler revocation,
            RequestRefusals refusals) {
        this.homes = homes;
        this.redemption = redemption;
        this.refresh = refresh;
        this.revocation = revocation;
        this.refusals = refusals;
    }

    @Override
    public Response handle(Request request) {
        try {
            Parameters form = request.form();
            if (form.single("action").orElse("").equals("revoke")) {
                return revocation.handle(request);
            }
            Visitor visitor = Visitor.of(request);
            TokenResult result = answer(visitor, form);
            note(visitor, result);
            return write(result);
        } catch (BadRequest _) {
            return write(new Refused(400, "invalid_request", "The form cannot be read"));
        } catch (HomeAssistantUnavailable | DatabaseUnavailable away) {
            LOG.warn(
                    "event=token-unanswered request={} reason=\"{}\"",
                    request.id(),
                    away.getMessage());
            return write(new TryLater());
        }
    }

    private TokenResult answer(Visitor visitor, Parameters form) {
        if (!Resources.areAllOf(form, homes.get(visitor.home()).origins())) {
            return TokenResult.OTHER_RESOURCE;
        }
        return switch (form.single("grant_type").orElse("")) {
            case "authorization_code" -> redeem(visitor, form);
            case "refresh_token" -> refresh(visitor, form);
            default -> TokenResult.UNSUPPORTED;
        };
    }

    /// Only what proves something wrongly. Every page may post here, as at Home Assistant.
    private void note(Visitor visitor, TokenResult result) {
        if (result.equals(TokenResult.INVALID_CODE)) {
            note(visitor, "wrong-code");
        } else if (result.equals(TokenResult.INVALID_GRANT)) {
            note(visitor, "dead-refresh-token");
        }
    }

    private void note(Visitor visitor, String reason) {
        if (OriginCheck.isForeign(visitor)) {
            refusals.refused(reason, PLACE, visitor.reference(), visitor.client());
        } else {
            refusals.failed(WayIn.TOKEN, reason, PLACE, visitor.reference(), visitor.client());
        }
    }

    private TokenResult redeem(Visitor visitor, Parameters form) {
        Proof proof =
                new Proof(
                        form.single("code").orElse(""),
                        form.single("client_id").orElse(""),
                        form.single("redirect_uri").orElse(""),
                        form.single("code_verifier").orElse(""));
        return proof.clientId().isEmpty()
                ? TokenResult.INVALID_CLIENT
                : redemption.redeem(visitor, proof);
    }

    private TokenResult refresh(Visitor visitor, Parameters form) {
        Optional<String> refreshToken = form.single("refresh_token");
        return refreshToken.isEmpty()
                ? new Refused(400, "invalid_request", "")
                : refresh.refresh(
                        visitor,
                        new Secret(refreshToken.get()),
                        form.single("client_id").orElse(""));
    }

    /// RFC 6749 section 5.1: nothing of it may be kept on the way.
    private static Response write(TokenResult result) {
        return response(result).with("cache-control", "no-store").with("pragma", "no-cache");
    }

    private static Response response(TokenResult result) {
        return switch (result) {
            case Issued(var access, var refreshToken) ->
                    Response.json(200, body(access).put("refresh_token", refreshToken.reveal()));
            case Refreshed(var access) -> Response.json(200, body(access));
            case Refused(int status, String error, String description) ->
                    Response.json(status, error(error, description));
            case TryLater() ->
                    Response.json(503, error("temporarily_unavailable", ""))
                            .with("retry-after", "10");
        };
    }

    private static ObjectNode body(FreshAccessToken access) {
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("access_token", access.value().reveal())
                        .put("token_type", "Bearer")
                        .put("expires_in", access.expiresIn().toSeconds());
        access.extra().forEach(body::set);
        return body;
    }

    private static ObjectNode error(String error, String description) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", error);
        return description.isEmpty() ? body : body.put("error_description", description);
    }
}
