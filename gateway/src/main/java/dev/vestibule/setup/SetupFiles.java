package dev.vestibule.setup;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.secret.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The files that a set-up writes, side by side: the configuration and one file per secret, each
/// readable by its owner only. Each appears whole or not at all. Used by one thread.
public final class SetupFiles {

    private final Path config;
    private final boolean mayReplace;

    /// @param config where the configuration is written; the files of secrets stand beside it
    /// @param mayReplace whether files that are there already may go
    public SetupFiles(Path config, boolean mayReplace) {
        this.config = config.toAbsolutePath().normalize();
        this.mayReplace = mayReplace;
    }

    public Path config() {
        return config;
    }

    Path token() {
        return config.resolveSibling("home-assistant.token");
    }

    Path clientSecret(OpenIdProviderConfig provider) {
        return config.resolveSibling(provider.id() + ".secret");
    }

    /// @throws SetupFailed where writing would fail or replace something
    public void requireRoom() {
        Path directory = config.resolveSibling("");
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new SetupFailed(SetupFailed.Reason.NO_ROOM, directory, "");
        }
        requireFree(config);
        requireFree(token());
    }

    /// @throws SetupFailed where the file of the provider's secret is there and must stay
    public void requireRoomFor(OpenIdProviderConfig provider) {
        requireFree(clientSecret(provider));
    }

    private void requireFree(Path file) {
        if (!mayReplace && Files.exists(file)) {
            throw new SetupFailed(SetupFailed.Reason.EXISTS, file, "");
        }
    }

    /// Secrets first: a configuration never names a file that is not there.
    ///
    /// @param token of an administrator of Home Assistant
    /// @throws SetupFailed where one of them cannot be written
    public void write(SetupPlan plan, Secret token) {
        write(token(), token.reveal() + "\n");
        for (Secret secret : clientSecrets(plan.provider().authentication())) {
            write(clientSecret(plan.provider()), secret.reveal() + "\n");
        }
        write(config, SetupYaml.of(plan, name(token()), name(clientSecret(plan.provider()))));
    }

    static List<Secret> clientSecrets(ClientAuthentication authentication) {
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
            throw new SetupFailed(
                    SetupFailed.Reason.NOT_WRITTEN, file, String.valueOf(problem.getMessage()));
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
