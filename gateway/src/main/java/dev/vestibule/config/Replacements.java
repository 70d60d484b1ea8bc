package dev.vestibule.config;

import dev.vestibule.foreign.ForeignText;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Keys that are gone, or that people bring along from neighbouring products, and what takes their
/// place. A key that is retired gets its line here in the same commit.
final class Replacements {

    private static final Map<String, String> ADVICE =
            Map.ofEntries(
                    Map.entry("base-url", "Write 'public-url' under the home instead."),
                    Map.entry("external-url", "Write 'public-url' under the home instead."),
                    Map.entry("internal-url", "List it under 'origins' of the home instead."),
                    Map.entry("cookie-secret", "Vestibule makes its own keys: remove the line."),
                    Map.entry("discovery-url", "Write 'issuer' instead, without /.well-known/..."),
                    Map.entry("display-name", "Write 'name' instead."),
                    Map.entry("groups-claim", "Write 'groups' under 'claims' instead."),
                    Map.entry("username-claim", "Write 'username' under 'claims' instead."),
                    Map.entry("groups-scope", "Add it to 'scopes' instead."),
                    Map.entry("id-token-signing-alg", "Write 'algorithms' instead."),
                    Map.entry(
                            "redirect-uri",
                            "It follows from 'public-url': remove the line; 'vestibule check'"
                                    + " prints it."),
                    Map.entry(
                            "trusted-networks",
                            "Write 'lan' under 'network' instead; it opens routes, and signs"
                                    + " nobody in."),
                    Map.entry(
                            "use-x-forwarded-for",
                            "List the proxies under 'trusted-proxies' of 'network' instead."));

    private Replacements() {}

    static Optional<String> of(String key) {
        String plain = key.toLowerCase(Locale.ROOT).replace('_', '-');
        return Optional.ofNullable(ADVICE.get(plain))
                .map(
                        advice ->
                                "The key '"
                                        + ForeignText.excerpt(key)
                                        + "' does not exist. "
                                        + advice);
    }
}
