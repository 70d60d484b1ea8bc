package dev.vestibule.doctor;

import dev.vestibule.config.GatewayConfig;
import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Wrong;
import dev.vestibule.secret.MasterKey;
import dev.vestibule.secret.MasterKeyProblem;
import dev.vestibule.secret.Secrets;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The master key, read as the gateway reads it and never made here.
final class MasterKeyCheck implements Check {

    private final Secrets secrets;
    private final GatewayConfig config;

    MasterKeyCheck(Secrets secrets, GatewayConfig config) {
        this.secrets = secrets;
        this.config = config;
    }

    @Override
    public List<Finding> look() {
        Path file = config.masterKeyFile();
        boolean isNew =
                !Files.exists(file)
                        && !Files.exists(config.dataDirectory().resolve("vestibule.db"));
        if (isNew) {
            return List.of(new Fine(file.toString(), "is made at the first start"));
        }
        try {
            MasterKey key = MasterKey.load(file, false, secrets);
            return List.of(new Fine(file.toString(), "master key " + key.id()));
        } catch (MasterKeyProblem | UncheckedIOException problem) {
            return List.of(
                    new Wrong(
                            Cause.MASTER_KEY,
                            file.toString(),
                            String.valueOf(problem.getMessage())));
        }
    }
}
