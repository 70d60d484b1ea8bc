package dev.vestibule.testhouse.home;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An authority of a household, made on the spot, that signs certificates of servers and devices.
/// Making it, and making each certificate, takes half a second.
public final class HouseholdAuthority {

    private final Path directory;
    private final Path store;

    private HouseholdAuthority(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("authority.p12");
    }

    /// A certificate with its key, as files in PEM.
    ///
    /// @param name the alias
    /// @param chain the certificate, and that of the authority behind it
    /// @param key as PKCS#8, readable by its owner only
    public record Signed(String name, Path chain, Path key) {}

    /// @param directory an existing one, where its files go
    public static HouseholdAuthority make(Path directory) {
        HouseholdAuthority authority = new HouseholdAuthority(directory);
        Keytool.run(
                "-genkeypair -alias authority -keyalg EC -groupname secp256r1 -dname CN=authority"
                        + " -validity 9 -ext bc:c=ca:true",
                authority.store);
        Keytool.export("authority", authority.file(), authority.store);
        return authority;
    }

    /// The authority's own certificate, for whoever is to trust it.
    public Path file() {
        return directory.resolve("authority.pem");
    }

    /// Signs a new certificate with a key on the curve P-256, valid from now on.
    ///
    /// @param more arguments of keytool, such as `-validity 2 -ext san=ip:127.0.0.1`
    public Signed sign(String name, String more) {
        return sign(name, "-keyalg EC -groupname secp256r1", more);
    }

    /// As [#sign(String, String)], with another kind of key.
    public Signed sign(String name, String kind, String more) {
        Keytool.run(
                "-genkeypair -signer authority -alias "
                        + name
                        + " "
                        + kind
                        + " -dname CN="
                        + name
                        + " "
                        + more,
                store);
        try {
            KeyStore keys = Keytool.open(store);
            StringBuilder chain = new StringBuilder();
            for (Certificate certificate : keys.getCertificateChain(name)) {
                chain.append(Keytool.pem("CERTIFICATE", certificate.getEncoded()));
            }
            byte[] key = keys.getKey(name, Keytool.password()).getEncoded();
            Path keyFile = directory.resolve(name + ".key");
            Files.writeString(keyFile, Keytool.pem("PRIVATE KEY", key));
            Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
            return new Signed(
                    name,
                    Files.writeString(directory.resolve(name + ".pem"), chain.toString()),
                    keyFile);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("it was just made", impossible);
        }
    }

    /// Of a client that trusts this authority and shows nothing.
    public SSLContext client() {
        return context(null);
    }

    /// Of a client that trusts this authority and shows a certificate that this or another
    /// authority signed.
    public SSLContext clientWith(HouseholdAuthority signer, Signed own) {
        try {
            KeyStore all = Keytool.open(signer.store);
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(
                    "own",
                    all.getKey(own.name(), Keytool.password()),
                    Keytool.password(),
                    all.getCertificateChain(own.name()));
            return context(one);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has these", impossible);
        }
    }

    /// This authority alone, as a client keeps it that trusts it.
    public KeyStore trusted() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "authority", Keytool.open(store).getCertificate("authority"));
            return trusted;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has these", impossible);
        }
    }

    private SSLContext context(@Nullable KeyStore shown) {
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted());
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(shown, Keytool.password());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has these", impossible);
        }
    }
}
