package dev.vestibule.http;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words of our pages, all in `messages.properties`.
public final class Messages {

    private static final ResourceBundle BUNDLE =
            ResourceBundle.getBundle("dev.vestibule.http.messages", Locale.ROOT);

    private Messages() {}

    /// @param key of the bundle; an unknown one is a bug, which a test finds
    /// @param values for the places `{0}`, `{1}` of the message; escaped by the page, not here
    public static String text(String key, Object... values) {
        return new MessageFormat(BUNDLE.getString(key), Locale.ENGLISH).format(values);
    }
}
