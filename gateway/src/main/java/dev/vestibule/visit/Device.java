package dev.vestibule.visit;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people call a device, from what its browser or an app's web view says of itself (RFC 9110
/// section 10.1.5). For reading only: anybody may say anything.
public final class Device {

    private static final int LENGTH_MAX = 80;

    /// As the apps name themselves at the end: `Home Assistant/2026.9.1 (Android 16; Pixel 9)`.
    private static final Pattern APP =
            Pattern.compile("Home Assistant/([\\w.-]{1,30})[^(]{0,5}\\(([^)]{1,120})\\)");

    /// The first words in brackets of every browser: its system.
    private static final Pattern SYSTEM = Pattern.compile("\\(([^)]{1,200})\\)");

    private Device() {}

    /// In the order in which they are looked for, since most say that they are several.
    private enum Program {
        HOME_ASSISTANT("Home Assistant/", "Home Assistant"),
        EDGE("Edg", "Edge"),
        OPERA("OPR/", "Opera"),
        SAMSUNG("SamsungBrowser/", "Samsung Internet"),
        FIREFOX("Firefox/", "Firefox"),
        FIREFOX_IOS("FxiOS/", "Firefox"),
        CHROME_IOS("CriOS/", "Chrome"),
        CHROME("Chrome/", "Chrome"),
        SAFARI("Safari/", "Safari");

        private final String mark;
        private final String name;

        Program(String mark, String name) {
            this.mark = mark;
            this.name = name;
        }
    }

    /// As [Program].
    private enum Platform {
        IPHONE("iPhone", "iPhone"),
        IPAD("iPad", "iPad"),
        ANDROID("Android", "Android"),
        WINDOWS("Windows", "Windows"),
        CHROME_OS("CrOS", "ChromeOS"),
        MAC("Mac OS X", "macOS"),
        LINUX("Linux", "Linux");

        private final String mark;
        private final String name;

        Platform(String mark, String name) {
            this.mark = mark;
            this.name = name;
        }
    }

    /// Such as `Firefox, Linux`, or `Home Assistant 2026.9.1 (Android 16; Pixel 9)`.
    ///
    /// @param userAgent as it came; whoever sent it may have written anything
    /// @return one line of printable text; empty where nothing was said
    public static String of(String userAgent) {
        Matcher app = APP.matcher(userAgent);
        if (app.find()) {
            return fit("Home Assistant " + app.group(1) + " (" + app.group(2) + ")");
        }
        return program(userAgent)
                .map(name -> platform(userAgent).map(on -> name + ", " + on).orElse(name))
                .orElseGet(() -> fit(systemIn(userAgent)));
    }

    private static Optional<String> program(String userAgent) {
        return Arrays.stream(Program.values())
                .filter(each -> userAgent.contains(each.mark))
                .map(each -> each.name)
                .findFirst();
    }

    private static Optional<String> platform(String userAgent) {
        return Arrays.stream(Platform.values())
                .filter(each -> userAgent.contains(each.mark))
                .map(each -> each.name)
                .findFirst();
    }

    private static String systemIn(String userAgent) {
        Matcher system = SYSTEM.matcher(userAgent);
        return system.find() ? system.group(1) : userAgent;
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
