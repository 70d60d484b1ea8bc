package dev.vestibule.e2e;

import java.nio.file.Path;

/// What the repository ships for programs beside the gateway.
final class Deployment {

    private Deployment() {}

    static Path directory(String below) {
        return Path.of(System.getProperty("vestibule.repository", ""))
                .toAbsolutePath()
                .resolve("deploy")
                .resolve(below);
    }
}
