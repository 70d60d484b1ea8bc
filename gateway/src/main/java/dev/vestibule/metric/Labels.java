package dev.vestibule.metric;

import java.util.Locale;

/// Constants as they stand in a label: `CLIENT_ERROR` as `client-error`.
final class Labels {

    private Labels() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
