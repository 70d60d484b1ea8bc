package dev.vestibule.local;

import dev.vestibule.http.Parameters;
import dev.vestibule.secret.Secret;

/// What somebody typed into the form. Longer texts than any that Home Assistant would take are no
/// login, and are cut so that they are none there either.
record Typed(String username, Secret password) {

    private static final int NAME_MAX = 200;
    private static final int PASSWORD_MAX = 1_000;

    static Typed in(Parameters form) {
        return new Typed(
                cut(form, "username", NAME_MAX), new Secret(cut(form, "password", PASSWORD_MAX)));
    }

    private static String cut(Parameters form, String field, int max) {
        String value = form.single(field).orElse("");
        return value.length() > max ? "" : value;
    }
}
