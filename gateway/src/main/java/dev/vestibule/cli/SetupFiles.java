package dev.vestibule.cli;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.ProviderPreset;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.YamlScalar;
import dev.vestibule.secret.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files that `setup` writes, side by side: the configuration and one file per secret, each
/// readable by its owner only. Each appears whole or not at all. Used by one thread.
final class SetupFiles {

    private final Path config;
    private final boolean mayReplace;

    SetupFiles(Path config, boolean mayReplace) {
        this.config = config.toAbsolutePath().normalize();
        this.mayReplace = mayReplace;
    }

    Path config() {
        return config;
    }

    Path token() {
        return config.resolveSibling("home-assistant.token");
    }

    Path clientSecret(OpenIdProviderConfig provider) {
        return config.resolveSibling(provider.id() + ".secret");
    }

    /// @throws CommandFailed where writing would fail or replace something
    void requireRoom() {
        Path directory = config.resolveSibling("");
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new CommandFailed(
                    "The directory "
                            + directory
                            + " does not exist or cannot be written. Make it first, or choose"
                            + " another one by --config.");
        }
        requireFree(config);
        requireFree(token());
    }

    void requireFree(Path file) {
        if (!mayReplace && Files.exists(file)) {
            throw new CommandFailed(
                    file + " exists already. Move it away, or say --force to replace it.");
        }
    }

    /// Secrets first: a configuration never names a file that is not there.
    void write(SetupPlan plan, Secret token) {
        write(token(), token.reveal() + "\n");
        for (Secret secret : clientSecrets(plan.provider().authentication())) {
            write(clientSecret(plan.provider()), secret.reveal() + "\n");
        }
        write(config, yaml(plan));
    }

    private static List<Secret> clientSecrets(ClientAuthentication authentication) {
        return switch (authentication) {
            case ClientAuthentication.None() -> List.of();
            case ClientAuthentication.SecretBasic(var secret) -> List.of(secret);
            case ClientAuthentication.SecretPost(var secret) -> List.of(secret);
            case ClientAuthentication.PrivateKeyJwt key -> List.of(key.privateKey());
        };
    }

    private void write(Path file, String text) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(
                    draft,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            requireFree(file);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException problem) {
            throw new CommandFailed(
                    file
                            + " cannot be written: "
                            + problem.getMessage()
                            + ". Make room and run setup again; remove the token '"
                            + AdministratorInterview.TOKEN_NAME
                            + "' from your profile in Home Assistant.");
        }
    }

    private String yaml(SetupPlan plan) {
        OpenIdProviderConfig provider = plan.provider();
        StringBuilder yaml = new StringBuilder();
        yaml.append("# Written by 'vestibule setup'. All keys: docs/configuration.md.\n");
        yaml.append("# 'vestibule check' tells what is in force, and every problem.\n");
        yaml.append(listen(plan.publicUrl()));
        yaml.append("home:\n");
        yaml.append("  public-url: ").append(YamlScalar.of(plan.publicUrl().toString()));
        yaml.append("\n  home-assistant:\n");
        yaml.append("    url: ").append(YamlScalar.of(plan.homeAssistant().toString()));
        yaml.append("\n    token-file: ").append(name(token()));
        yaml.append("\n  roles:\n");
        yaml.append(roles(plan.roles()));
        yaml.append("providers:\n");
        yaml.append("  - id: ").append(YamlScalar.of(provider.id()));
        yaml.append("\n    name: ").append(YamlScalar.of(provider.displayName()));
        yaml.append("\n    issuer: ").append(YamlScalar.of(provider.issuer().toString()));
        yaml.append("\n    client-id: ").append(YamlScalar.of(provider.clientId()));
        if (!clientSecrets(provider.authentication()).isEmpty()) {
            yaml.append("\n    client-secret-file: ").append(name(clientSecret(provider)));
        }
        yaml.append("\n    scopes: ").append(list(provider.scopes())).append('\n');
        if (provider.preset() != ProviderPreset.NONE) {
            yaml.append("    preset: ")
                    .append(provider.preset().name().toLowerCase(Locale.ROOT))
                    .append('\n');
        }
        return yaml.toString();
    }

    /// On this machine alone nothing stands in front: the address is the gateway's own.
    private static String listen(Origin publicUrl) {
        if (publicUrl.isSecure()) {
            return "";
        }
        String host = publicUrl.host();
        String address = host.startsWith("[") ? host.substring(1, host.length() - 1) : "127.0.0.1";
        return "listen:\n  address: "
                + YamlScalar.of(address)
                + "\n  port: "
                + publicUrl.port()
                + "\n";
    }

    private static String roles(RolesConfig roles) {
        String otherwise =
                roles.otherwise().stream()
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .findFirst()
                        .orElse("refuse");
        return "    admin: "
                + list(roles.admin().stream().sorted().toList())
                + "\n    user: "
                + list(roles.user().stream().sorted().toList())
                + "\n    otherwise: "
                + otherwise
                + "\n";
    }

    private static String name(Path file) {
        return YamlScalar.of(String.valueOf(file.getFileName()));
    }

    private static String list(Collection<String> items) {
        Stream<String> written = items.stream().map(YamlScalar::of);
        return written.collect(Collectors.joining(", ", "[", "]"));
    }
}
