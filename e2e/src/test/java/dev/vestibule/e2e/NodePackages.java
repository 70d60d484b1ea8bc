package dev.vestibule.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The scripts of `e2e/src/test/node` with the npm packages that they use, in `e2e/target/node`.
/// They are installed when a test first needs them, and again when `package-lock.json` changes.
final class NodePackages {

    private static final String NODE_NEEDED =
            "The tests with real clients and providers need Node.js 20 or newer, and npm, on the"
                    + " PATH.";

    private static final Path MODULE =
            Path.of(System.getProperty("vestibule.repository", "")).toAbsolutePath().resolve("e2e");
    private static final Path SOURCE = MODULE.resolve("src/test/node");
    private static final Path TARGET = MODULE.resolve("target/node");
    private static final String LOCK = "package-lock.json";

    /// Tells npm to do nothing but install: no scripts of packages, no audit, no advertisement.
    private static final List<String> INSTALL =
            List.of(
                    "npm",
                    "ci",
                    "--engine-strict",
                    "--ignore-scripts",
                    "--prefer-offline",
                    "--no-audit",
                    "--no-fund",
                    "--no-update-notifier",
                    "--loglevel=error");

    private NodePackages() {}

    /// The directory with scripts and packages.
    ///
    /// @throws IllegalStateException where node or npm is missing, or npm cannot install
    static synchronized Path installed() {
        try {
            Files.createDirectories(TARGET);
            copyScripts();
            Path stamp = TARGET.resolve("installed-" + LOCK);
            if (!Files.exists(stamp) || Files.mismatch(stamp, SOURCE.resolve(LOCK)) >= 0) {
                install();
                Files.writeString(stamp, Files.readString(SOURCE.resolve(LOCK)));
            }
            return TARGET;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void copyScripts() throws IOException {
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Files.write(TARGET.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    private static void install() throws IOException {
        Process npm = start(new ProcessBuilder(INSTALL).redirectErrorStream(true));
        npm.getOutputStream().close();
        String said = npm.inputReader().readAllAsString();
        if (npm.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("npm ci failed in " + TARGET + ":\n" + said);
        }
    }

    /// Starts node or npm in the directory of the scripts.
    static Process start(ProcessBuilder command) {
        try {
            return command.directory(TARGET.toFile()).start();
        } catch (IOException missing) {
            throw new IllegalStateException(NODE_NEEDED, missing);
        }
    }
}
