package dev.vestibule.testhouse.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/// The JDK's own tool for keys and certificates, beside the `java` that runs this.
final class Keytool {

    private static final String PASSWORD = "only-for-a-test";

    /// It is over before the optimising compiler of its own JVM has paid for itself.
    private static final String LIGHT = " -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC ";

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
                                        + LIGHT
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

    /// What [#run] made.
    static KeyStore open(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password());
        }
        return keys;
    }

    static String pem(String label, byte[] der) {
        byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, lineEnd).encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }

    /// Writes the certificate of an alias in PEM.
    static void export(String alias, Path file, Path store) {
        try {
            Files.writeString(
                    file, pem("CERTIFICATE", open(store).getCertificate(alias).getEncoded()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("it was just made", impossible);
        }
    }
}
