package dev.vestibule.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Packages of Debian, fetched and unpacked under `e2e/target/debian` when a test first needs them.
/// They are not installed: nothing of them is started, registers anywhere or stays on the machine.
final class DebianPackages {

    private static final Path TARGET =
            Path.of(System.getProperty("vestibule.repository", ""))
                    .toAbsolutePath()
                    .resolve("e2e/target/debian");

    private DebianPackages() {}

    /// The root of what a package brings.
    ///
    /// @throws IllegalStateException where it cannot be had
    static synchronized Path unpacked(String name) {
        Path root = TARGET.resolve(name);
        if (Files.exists(root.resolve("usr"))) {
            return root;
        }
        try {
            Files.createDirectories(root);
            run("apt-get", "download", name);
            try (Stream<Path> files = Files.list(TARGET)) {
                Path fetched =
                        files.filter(file -> file.getFileName().toString().startsWith(name + "_"))
                                .findFirst()
                                .orElseThrow();
                run("dpkg-deb", "-x", fetched.toString(), root.toString());
            }
            return root;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void run(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .directory(TARGET.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = process.inputReader().readAllAsString();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(
                    "The tests with fail2ban, CrowdSec and promtool need Debian's packages,"
                            + " and what 'apt-get update' fetches: "
                            + List.of(command)
                            + " said\n"
                            + said);
        }
    }
}
