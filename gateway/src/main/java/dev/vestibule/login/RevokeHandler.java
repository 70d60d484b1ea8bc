package dev.vestibule.login;

import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.SessionCookie;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `POST /auth/revoke`: always 200, as in Home Assistant, whatever was shown.
final class RevokeHandler implements Handler {

    private final SignOut signOut;

    RevokeHandler(SignOut signOut) {
        this.signOut = signOut;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        return switch (signOut.revoke(visitor, token(request))) {
            case SignOut.Result.SessionEnded(var providerId) ->
                    Response.empty(200)
                            .with(SessionCookie.removing(visitor.isSecure()))
                            .with(SignedOutMark.setting(visitor.isSecure(), providerId));
            case SignOut.Result.NoSession() -> Response.empty(200);
        };
    }

    private static Optional<Secret> token(Request request) {
        try {
            return request.form().single("token").map(Secret::new);
        } catch (BadRequest unreadable) {
            return Optional.empty();
        }
    }
}
