package dev.vestibule.policy;

import dev.vestibule.http.Cookies;

import java.util.regex.Pattern;

/// The cookie by which the Supervisor knows a session of add-ons' pages.
///
/// It is read here and by the Supervisor, whose language takes blanks for separators, blanks around
/// the equals sign for nothing, and quotes off a value. What is judged must be what it finds
/// (attack: a guest's own session for the gateway, and an administrator's, spelled otherwise, for
/// the Supervisor), so that one spelling counts, and every other is neither read nor passed on.
public final class IngressCookie {

    private static final String NAME = "ingress_session";

    /// The Supervisor makes them of hexadecimal digits.
    private static final Pattern PLAIN = Pattern.compile(NAME + "=[A-Za-z0-9_-]{1,256}");

    private IngressCookie() {}

    /// The session in the value of a `Cookie` header; empty text where there is none, or any doubt.
    static String read(String line) {
        return Cookies.find(line, NAME).filter(value -> isPlain(NAME + "=" + value)).orElse("");
    }

    /// Whether a pair of a `Cookie` header is the cookie, in the one spelling.
    public static boolean isPlain(String pair) {
        return PLAIN.matcher(pair).matches();
    }

    /// Whether somebody could find the cookie in a pair of a `Cookie` header.
    public static boolean isNamedIn(String pair) {
        for (int at = 0; at + NAME.length() <= pair.length(); at++) {
            if (pair.regionMatches(true, at, NAME, 0, NAME.length())) {
                return true;
            }
        }
        return false;
    }
}
