package dev.vestibule.testhouse.home;

import java.util.regex.Pattern;

/// The smallest part of the template language: `{{ states('light.kitchen') }}`.
final class Templates {

    private static final Pattern STATE =
            Pattern.compile("\\{\\{\\s*states\\(\\s*['\"]([^'\"]+)['\"]\\s*\\)\\s*}}");

    private Templates() {}

    static String render(String template, States states) {
        return STATE.matcher(template)
                .replaceAll(
                        found ->
                                java.util.regex.Matcher.quoteReplacement(
                                        states.find(found.group(1))
                                                .map(EntityState::state)
                                                .orElse("unknown")));
    }
}
