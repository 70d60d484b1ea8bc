package dev.vestibule.policy;

import dev.vestibule.http.Cookies;
import dev.vestibule.http.Parameters;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.session.SessionCookie;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a request shows to be let in, unjudged. Each part is empty text where it was not sent.
///
/// @param authorization whether an `Authorization` header was sent, and of which kind
/// @param bearer the access token
/// @param sessionCookie the value of our session cookie
/// @param browserId the value of our browser cookie
/// @param signature the value of `authSig` in the query
/// @param ingressSession the value of Home Assistant's ingress cookie
public record Credentials(
        Authorization authorization,
        String bearer,
        String sessionCookie,
        String browserId,
        String signature,
        String ingressSession) {

    /// What the `Authorization` header holds.
    public enum Authorization {
        ABSENT,
        BEARER,
        /// Nothing that we know how to judge.
        OTHER
    }

    private static final String BEARER_PREFIX = "bearer ";
    private static final String SIGNATURE = "authSig";
    private static final int TOKEN_LENGTH_MAX = 4_096;

    /// A name of a parameter with an escape in it. None of Home Assistant's has one.
    private static final Pattern ESCAPED_NAME = Pattern.compile("(?:^|&)[^&=%]{0,100}+%");

    /// @param authorization the header's value, empty text where it is absent
    /// @param cookie likewise
    /// @throws dev.vestibule.http.BadRequest where the query holds a signature and cannot be read
    public static Credentials read(
            String authorization, String cookie, RequestTarget target, boolean isSecure) {
        String bearer = bearer(authorization);
        boolean hasCookies = !cookie.isEmpty();
        return new Credentials(
                kind(authorization, bearer),
                bearer,
                hasCookies ? cookie(cookie, SessionCookie.name(isSecure)) : "",
                hasCookies ? cookie(cookie, BrowserIds.cookieName(isSecure)) : "",
                signature(target),
                hasCookies ? IngressCookie.read(cookie) : "");
    }

    private static Authorization kind(String authorization, String bearer) {
        if (authorization.isEmpty()) {
            return Authorization.ABSENT;
        }
        return bearer.isEmpty() ? Authorization.OTHER : Authorization.BEARER;
    }

    /// The access token in the value of an `Authorization` header; empty text where there is none.
    /// RFC 6750 section 2.1; the scheme's name compares without case (RFC 9110 section 11.1).
    public static String bearer(String authorization) {
        int length = BEARER_PREFIX.length();
        if (authorization.length() <= length
                || authorization.length() > TOKEN_LENGTH_MAX
                || !authorization
                        .substring(0, length)
                        .toLowerCase(Locale.ROOT)
                        .equals(BEARER_PREFIX)) {
            return "";
        }
        return authorization.substring(length).strip();
    }

    private static String cookie(String line, String name) {
        return Cookies.find(line, name).orElse("");
    }

    /// Home Assistant decodes names before it looks for a signature, so that an escaped name must
    /// be seen here too (attack: `auth%53ig`).
    private static String signature(RequestTarget target) {
        if (!mayHoldSignature(target.query())) {
            return "";
        }
        Parameters parameters = target.queryParameters();
        return parameters.single(SIGNATURE).orElse("");
    }

    private static boolean mayHoldSignature(String query) {
        return query.contains(SIGNATURE)
                || (query.indexOf('%') >= 0 && ESCAPED_NAME.matcher(query).find());
    }
}
