package dev.vestibule.visit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a browser or an app's web view says that it runs on, short enough to be read.
public final class Device {

    private static final int LENGTH_MAX = 80;

    /// As the apps name themselves at the end: `Home Assistant/2026.9.1 (Android 16; Pixel 9)`.
    private static final Pattern APP =
            Pattern.compile("Home Assistant/([\\w.-]{1,30})[^(]{0,5}\\(([^)]{1,120})\\)");

    /// The first words in brackets of every browser: its system.
    private static final Pattern SYSTEM = Pattern.compile("\\(([^)]{1,200})\\)");

    private Device() {}

    /// @param userAgent as it came; whoever sent it may have written anything
    /// @return one line of printable text; empty where nothing was said
    public static String describe(String userAgent) {
        Matcher app = APP.matcher(userAgent);
        if (app.find()) {
            return fit("Home Assistant " + app.group(1) + " (" + app.group(2) + ")");
        }
        Matcher system = SYSTEM.matcher(userAgent);
        return fit(system.find() ? system.group(1) : userAgent);
    }

    private static String fit(String text) {
        StringBuilder fit = new StringBuilder();
        text.strip()
                .codePoints()
                .map(c -> c >= ' ' && c < 127 ? c : '?')
                .limit(LENGTH_MAX)
                .forEach(fit::appendCodePoint);
        return fit.toString();
    }
}
