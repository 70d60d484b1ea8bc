package dev.vestibule.account;

/// What a provider says about a person that we keep.
public record Profile(String username, String displayName) {

    private static final int LENGTH_MAX = 200;

    public Profile {
        username = shortened(username);
        displayName = shortened(displayName);
    }

    private static String shortened(String text) {
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX);
    }
}
