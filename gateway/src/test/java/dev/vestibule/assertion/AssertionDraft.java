package dev.vestibule.assertion;

import dev.vestibule.config.AssertionConfig;
import dev.vestibule.config.AssertionPreset;
import dev.vestibule.config.ClaimPaths;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.proxy.ScriptedProxy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Configurations of a [ScriptedProxy].
final class AssertionDraft {

    static final String HEADER = "Cf-Access-Jwt-Assertion";
    static final Duration LEEWAY = Duration.ofSeconds(30);

    private AssertionDraft() {}

    static AssertionConfig byKeys(ScriptedProxy proxy) {
        return config(List.of(ScriptedProxy.AUDIENCE), proxy, List.of());
    }

    static AssertionConfig bySecret(ScriptedProxy proxy, String secret) {
        return config(List.of(ScriptedProxy.AUDIENCE), proxy, List.of(new Secret(secret)));
    }

    private static AssertionConfig config(
            List<String> audience, ScriptedProxy proxy, List<Secret> secrets) {
        return new AssertionConfig(
                "access",
                AssertionPreset.CLOUDFLARE_ACCESS,
                HEADER,
                ScriptedProxy.ISSUER,
                audience,
                secrets.isEmpty() ? List.of(proxy.keys()) : List.of(),
                secrets,
                Set.of("ES256"),
                LEEWAY,
                new ClaimPaths("email", "name", "custom.picture", "custom.groups"),
                List.of(),
                false,
                List.of());
    }
}
