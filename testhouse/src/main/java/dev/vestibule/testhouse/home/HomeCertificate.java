package dev.vestibule.testhouse.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A key and a certificate that nobody knows, made on the spot as a household makes them. Making
/// one takes a second or two; it may be used by several houses.
///
/// @param context of a server that has the key
/// @param file the certificate alone in PEM, for whoever is to trust it
public record HomeCertificate(SSLContext context, Path file) {

    /// Makes one for two days.
    ///
    /// @param directory where its files go
    /// @param subjectAlternativeName such as `ip:127.0.0.1` or `dns:home.lan`
    public static HomeCertificate make(Path directory, String subjectAlternativeName) {
        Path store = directory.resolve("home.p12");
        Path file = directory.resolve("home.pem");
        Keytool.run(
                "-genkeypair -keyalg EC -groupname secp256r1 -dname CN=home -validity 2 -alias home"
                        + " -ext san="
                        + subjectAlternativeName,
                store);
        Keytool.export("home", file, store);
        try {
            return new HomeCertificate(context(store), file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has these", impossible);
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = Keytool.open(store);
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, Keytool.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
