package dev.vestibule.homeassistant;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A release of Home Assistant such as `2026.4.4`. Development and beta releases compare as the
/// release that they lead to, because their behaviour is mostly there already.
public record HomeAssistantVersion(int year, int month, int patch)
        implements Comparable<HomeAssistantVersion> {

    /// Older releases are not supported.
    public static final HomeAssistantVersion OLDEST = new HomeAssistantVersion(2023, 1, 0);

    private static final Pattern SHAPE =
            Pattern.compile(
                    "(\\d{4})\\.(\\d{1,2})(?:\\.(\\d{1,4}))?(?:(?:\\.[a-z]|[ab])[\\w.+-]{0,40})?");
    private static final Comparator<HomeAssistantVersion> ORDER =
            Comparator.comparingInt(HomeAssistantVersion::year)
                    .thenComparingInt(HomeAssistantVersion::month)
                    .thenComparingInt(HomeAssistantVersion::patch);

    public static Optional<HomeAssistantVersion> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return Optional.of(
                new HomeAssistantVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        patch));
    }

    public boolean isAtLeast(HomeAssistantVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(HomeAssistantVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return year + "." + month + "." + patch;
    }
}
