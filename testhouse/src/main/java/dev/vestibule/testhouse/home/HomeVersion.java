package dev.vestibule.testhouse.home;

import java.util.Comparator;
import java.util.regex.Pattern;

/// A release of Home Assistant, and what changed when.
record HomeVersion(int year, int month, int patch) implements Comparable<HomeVersion> {

    private static final Pattern FORM = Pattern.compile("(\\d{4})\\.(\\d{1,2})\\.(\\d{1,3}).*");
    private static final Comparator<HomeVersion> ORDER =
            Comparator.comparingInt(HomeVersion::year)
                    .thenComparingInt(HomeVersion::month)
                    .thenComparingInt(HomeVersion::patch);

    static HomeVersion parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a release of Home Assistant: " + text);
        }
        return new HomeVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    @Override
    public int compareTo(HomeVersion other) {
        return ORDER.compare(this, other);
    }

    private boolean isAtLeast(int year, int month, int patch) {
        return compareTo(new HomeVersion(year, month, patch)) >= 0;
    }

    /// `/auth/providers` was a bare list before.
    boolean wrapsProviders() {
        return isAtLeast(2024, 2, 0);
    }

    /// A refresh token dies when nobody used it for ninety days.
    boolean forgetsUnusedTokens() {
        return isAtLeast(2024, 2, 0);
    }

    /// Errors of user names are translatable, and user names must be normalized.
    boolean hasStrictUsernames() {
        return isAtLeast(2024, 7, 0);
    }

    boolean translatesErrors() {
        return isAtLeast(2024, 2, 0);
    }

    /// bcrypt 5: a password of more than 72 bytes is an error; before, the rest was ignored.
    boolean refusesLongPasswords() {
        return isAtLeast(2025, 11, 0);
    }

    /// Discovery documents carry absolute addresses where the host is a configured one.
    boolean namesIssuer() {
        return isAtLeast(2025, 10, 0);
    }

    boolean deactivationRemovesTokens() {
        return isAtLeast(2026, 1, 0);
    }

    /// Also HEAD is allowed with a signed path, and there is the protected resource document.
    boolean signsHead() {
        return isAtLeast(2026, 4, 0);
    }

    boolean describesProtectedResource() {
        return isAtLeast(2026, 4, 0);
    }

    boolean checksLocalOnlyOnSockets() {
        return isAtLeast(2026, 4, 4);
    }
}
