package dev.vestibule.setup;

import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.ProviderPreset;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.config.YamlScalar;
import dev.vestibule.network.IpLiteral;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Spells a plan as the configuration file has it: what was asked, and what differs from the
/// defaults. Used by one thread.
final class SetupYaml {

    private final StringBuilder yaml = new StringBuilder();

    private SetupYaml() {}

    /// @param tokenFile beside the configuration, as `secretFile`
    static String of(SetupPlan plan, String tokenFile, String secretFile) {
        SetupYaml yaml = new SetupYaml();
        yaml.line("# Written by the set-up of Vestibule. All keys: docs/configuration.md.");
        yaml.line("# 'vestibule check' tells what is in force, and every problem.");
        yaml.listen(plan.publicUrl());
        yaml.home(plan, tokenFile);
        yaml.provider(plan.provider(), secretFile);
        return yaml.yaml.toString();
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }

    private void value(String key, String value) {
        line(key + ": " + YamlScalar.of(value));
    }

    private void list(String key, Collection<String> items) {
        line(
                key
                        + ": "
                        + items.stream()
                                .map(YamlScalar::of)
                                .collect(Collectors.joining(", ", "[", "]")));
    }

    /// On this machine alone nothing stands in front: the address is the gateway's own.
    private void listen(Origin publicUrl) {
        if (publicUrl.isSecure()) {
            return;
        }
        String host = publicUrl.host().replaceFirst("^\\[(.*)]$", "$1");
        line("listen:");
        value("  address", IpLiteral.parse(host).isPresent() ? host : "127.0.0.1");
        line("  port: " + publicUrl.port());
    }

    private void home(SetupPlan plan, String tokenFile) {
        line("home:");
        value("  public-url", plan.publicUrl().toString());
        line("  home-assistant:");
        value("    url", plan.homeAssistant().toString());
        value("    token-file", tokenFile);
        roles(plan.roles());
    }

    private void roles(RolesConfig roles) {
        line("  roles:");
        list("    admin", roles.admin().stream().sorted().toList());
        list("    user", roles.user().stream().sorted().toList());
        value(
                "    otherwise",
                roles.otherwise().stream()
                        .findFirst()
                        .map(SetupYaml::word)
                        .orElse(RoleAnswers.REFUSE));
    }

    private void provider(OpenIdProviderConfig provider, String secretFile) {
        line("providers:");
        value("  - id", provider.id());
        value("    name", provider.displayName());
        value("    issuer", provider.issuer().toString());
        value("    client-id", provider.clientId());
        if (!SetupFiles.clientSecrets(provider.authentication()).isEmpty()) {
            value("    client-secret-file", secretFile);
        }
        list("    scopes", provider.scopes());
        if (provider.preset() != ProviderPreset.NONE) {
            value("    preset", word(provider.preset()));
        }
        if (provider.userInfo() != UserInfoUse.WHEN_CLAIMS_ARE_MISSING) {
            value("    user-info", word(provider.userInfo()));
        }
        claims(provider.claims());
        if (!provider.scim().claim().equals(ScimConfig.DEFAULTS.claim())) {
            line("    scim:");
            value("      claim", provider.scim().claim());
        }
    }

    private void claims(ClaimPaths claims) {
        ClaimPaths usual = ClaimPaths.DEFAULTS;
        if (claims.equals(usual)) {
            return;
        }
        line("    claims:");
        List.of(
                        new Claim("username", claims.username(), usual.username()),
                        new Claim("name", claims.name(), usual.name()),
                        new Claim("picture", claims.picture(), usual.picture()),
                        new Claim("groups", claims.groups(), usual.groups()))
                .forEach(this::claim);
    }

    private record Claim(String key, String path, String usual) {}

    private void claim(Claim claim) {
        if (!claim.path().equals(claim.usual())) {
            value("      " + claim.key(), claim.path());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
