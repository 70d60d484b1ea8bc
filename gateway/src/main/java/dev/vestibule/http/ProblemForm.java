package dev.vestibule.http;

/// For whom an answer is that says what cannot be done.
public enum ProblemForm {
    /// People: a page.
    PAGE,
    /// Programs that speak with Home Assistant: JSON in its own form.
    API,
    /// Clients of SCIM: RFC 7644 section 3.12.
    SCIM;

    private static final String SCIM_PATH = "/scim/v2";

    /// The form for a path as it was sent.
    public static ProblemForm of(String path) {
        if (isUnder(path, SCIM_PATH)) {
            return SCIM;
        }
        return isUnder(path, "/api") ? API : PAGE;
    }

    private static boolean isUnder(String path, String place) {
        return path.startsWith(place)
                && (path.length() == place.length()
                        || path.charAt(place.length()) == '/'
                        || path.charAt(place.length()) == '?');
    }
}
