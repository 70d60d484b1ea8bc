package dev.vestibule.http;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;

/// A language that our pages are written in.
public enum Language {
    ENGLISH(Locale.ENGLISH),
    GERMAN(Locale.GERMAN),
    FRENCH(Locale.FRENCH),
    DUTCH(Locale.of("nl")),
    SPANISH(Locale.of("es"));

    /// Longer lists say nothing that a person means.
    private static final int LENGTH_MAX = 500;

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    /// A moment for people to read, to the minute, on the clock of the gateway's house.
    public String moment(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale)
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    /// As in `lang` and `Content-Language`.
    public String tag() {
        return locale.toLanguageTag();
    }

    /// The language that a browser asks for (RFC 9110 section 12.5.4), as far as we have it;
    /// [#ENGLISH] where it says nothing readable.
    public static Language accepted(Headers headers) {
        String wanted = String.join(",", headers.all("accept-language"));
        return wanted.isBlank() || wanted.length() > LENGTH_MAX ? ENGLISH : accepted(wanted);
    }

    private static Language accepted(String wanted) {
        return ranges(wanted).stream()
                .filter(range -> range.getWeight() > 0)
                .sorted(Comparator.comparingDouble(LanguageRange::getWeight).reversed())
                .flatMap(range -> of(range.getRange()).stream())
                .findFirst()
                .orElse(ENGLISH);
    }

    private static List<LanguageRange> ranges(String wanted) {
        try {
            return LanguageRange.parse(wanted);
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    /// A regional variety is better than none: `de-AT` is German.
    private static Optional<Language> of(String range) {
        String language = range.split("-", 2)[0];
        return Arrays.stream(values())
                .filter(each -> each.locale.getLanguage().equals(language))
                .findFirst();
    }
}
