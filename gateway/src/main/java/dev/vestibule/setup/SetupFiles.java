package dev.vestibule.setup;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.ConfigProblem;
import dev.vestibule.config.ConfigResult;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.file.FileNotWritten;
import dev.vestibule.file.OwnersFile;
import dev.vestibule.homeassistant.FirstVisit.Minting.Minted;
import dev.vestibule.secret.Secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The files that a set-up writes, side by side: the configuration and one file per secret, each
/// readable by its owner only. Each appears whole or not at all, and where one cannot be written
/// none stays. Used by one thread.
public final class SetupFiles {

    /// Stands for the token before there is one.
    private static final Secret NO_TOKEN_YET = new Secret("no-token-yet");

    private final Path config;
    private final boolean mayReplace;
    private final Function<Path, ConfigResult> reader;

    /// @param config where the configuration is written; the files of secrets stand beside it
    /// @param mayReplace whether files that are there already may go
    /// @param reader reads a configuration as `serve` will
    public SetupFiles(Path config, boolean mayReplace, Function<Path, ConfigResult> reader) {
        this.config = config.toAbsolutePath().normalize();
        this.mayReplace = mayReplace;
        this.reader = reader;
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

    private Path directory() {
        return config.resolveSibling("");
    }

    /// @throws SetupFailed where writing would fail or replace something
    public void requireRoom() {
        if (!Files.isDirectory(directory()) || !Files.isWritable(directory())) {
            throw SetupFailed.noRoom(directory());
        }
        requireFree(config);
        requireFree(token());
    }

    /// To be asked before anything is made in Home Assistant: writes all of it into a directory of
    /// its own, reads it back, and takes it away again.
    ///
    /// @throws SetupFailed where it could not be written in its place, or not be read there
    public void rehearse(SetupPlan plan) {
        requireRoom();
        requireFree(clientSecret(plan.provider()));
        try (ScratchDirectory scratch = ScratchDirectory.in(directory())) {
            Map<Path, String> texts = texts(plan, NO_TOKEN_YET);
            for (var file : texts.entrySet()) {
                OwnersFile.create(scratch.path().resolve(name(file.getKey())), file.getValue());
            }
            if (reader.apply(scratch.path().resolve(name(config)))
                    instanceof ConfigResult.Invalid(var problems)) {
                throw SetupFailed.notReadBack(sentence(problems));
            }
        } catch (FileNotWritten problem) {
            throw SetupFailed.notWritten(inDirectory(problem));
        } catch (IOException problem) {
            throw SetupFailed.notWritten(new FileNotWritten(directory(), problem));
        }
    }

    /// The file itself lay in a directory that is gone again.
    private FileNotWritten inDirectory(FileNotWritten problem) {
        return new FileNotWritten(directory(), Objects.requireNonNull(problem.getCause()));
    }

    private static String sentence(List<ConfigProblem> problems) {
        return problems.stream().map(ConfigProblem::toString).collect(Collectors.joining(" "));
    }

    private void requireFree(Path file) {
        if (mayReplace ? Files.isDirectory(file) : Files.exists(file)) {
            throw SetupFailed.exists(file);
        }
    }

    /// @param minted the token of an administrator of Home Assistant
    /// @throws SetupFailed where one of them cannot be written; then none of them was
    public void write(SetupPlan plan, Minted minted) {
        try {
            Drafts.of(texts(plan, minted.token()), this::requireFree).place();
        } catch (SetupFailed failed) {
            throw failed.after(minted.tokenName());
        }
    }

    /// Secrets first: a configuration never names a file that is not there.
    private Map<Path, String> texts(SetupPlan plan, Secret token) {
        Map<Path, String> texts = new LinkedHashMap<>();
        texts.put(token(), token.reveal() + "\n");
        Path secretFile = clientSecret(plan.provider());
        for (Secret secret : clientSecrets(plan.provider().authentication())) {
            texts.put(secretFile, secret.reveal() + "\n");
        }
        texts.put(config, SetupYaml.of(plan, name(token()), name(secretFile)));
        return texts;
    }

    static List<Secret> clientSecrets(ClientAuthentication authentication) {
        return switch (authentication) {
            case ClientAuthentication.None() -> List.of();
            case ClientAuthentication.SecretBasic(var secret) -> List.of(secret);
            case ClientAuthentication.SecretPost(var secret) -> List.of(secret);
            case ClientAuthentication.PrivateKeyJwt key -> List.of(key.privateKey());
        };
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
