package dev.vestibule.http;

import dev.vestibule.http.Text.Message;

import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;

/// The words of our pages: `messages.properties` in English, and a file for each other language.
public final class Messages {

    private static final ResourceBundle.Control NO_GUESSING =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static final Map<Language, ResourceBundle> BUNDLES = bundles();

    private Messages() {}

    private static Map<Language, ResourceBundle> bundles() {
        Map<Language, ResourceBundle> bundles = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            bundles.put(
                    language,
                    ResourceBundle.getBundle(
                            "dev.vestibule.http.messages", language.locale(), NO_GUESSING));
        }
        return bundles;
    }

    /// @param key of the bundle
    /// @param values for the places `{0}`, `{1}` of the message
    public static Text text(String key, Object... values) {
        return new Message(key, List.of(values));
    }

    static String format(Message message, Language language) {
        Object[] values =
                message.values().stream()
                        .map(value -> value instanceof Text text ? text.in(language) : value)
                        .toArray();
        return new MessageFormat(bundle(language).getString(message.key()), language.locale())
                .format(values);
    }

    private static ResourceBundle bundle(Language language) {
        ResourceBundle bundle = BUNDLES.get(language);
        if (bundle == null) {
            throw new IllegalStateException("no messages in " + language);
        }
        return bundle;
    }
}
