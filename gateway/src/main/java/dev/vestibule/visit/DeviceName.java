package dev.vestibule.visit;

import java.util.Arrays;
import java.util.Optional;

/// What people call a device, from what its browser says of itself (RFC 9110 section 10.1.5). For
/// reading only: anybody may say anything.
public final class DeviceName {

    private DeviceName() {}

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

    /// Such as `Firefox, Linux`; what cannot be told apart is given as it is.
    public static String of(String userAgent) {
        Optional<String> program =
                Arrays.stream(Program.values())
                        .filter(each -> userAgent.contains(each.mark))
                        .map(each -> each.name)
                        .findFirst();
        Optional<String> platform =
                Arrays.stream(Platform.values())
                        .filter(each -> userAgent.contains(each.mark))
                        .map(each -> each.name)
                        .findFirst();
        return program.map(name -> platform.map(on -> name + ", " + on).orElse(name))
                .orElse(userAgent);
    }
}
