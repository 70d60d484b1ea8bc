package dev.vestibule.testhouse.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The JDK's own tool for keys and certificates, beside the `java` that runs this.
final class Keytool {

    private static final String PASSWORD = "only-for-a-test";

    private Keytool() {}

    static char[] password() {
        return PASSWORD.toCharArray();
    }

    /// @param arguments without blanks in any of them
    /// @param store the PKCS#12 file that is worked on
    static void run(String arguments, Path store) {
        Path java = Path.of(ProcessHandle.current().info().command().orElseThrow());
        List<String> command =
                List.of(
                        (java.resolveSibling("keytool")
                                        + " "
                                        + arguments
                                        + " -storetype PKCS12 -storepass "
                                        + PASSWORD
                                        + " -keystore "
                                        + store)
                                .split(" "));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            byte[] output = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(new String(output, StandardCharsets.UTF_8));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
