package dev.vestibule.tls;

import dev.vestibule.config.TlsMaterial;

import org.jspecify.annotations.Nullable;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/// Shows the one certificate there is. Immutable.
final class OwnKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "own";

    /// What a session is called before its first handshake is done (RFC 5246 appendix A.5).
    private static final String NO_SUITE_YET = "SSL_NULL_WITH_NULL_NULL";

    private final TlsMaterial material;

    OwnKey(TlsMaterial material) {
        this.material = material;
    }

    /// Attack: a client of TLS 1.2 asks for one new handshake after the other in a connection,
    /// which costs us a signature each and it next to nothing. There is a first handshake only.
    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return engine.getSession().getCipherSuite().equals(NO_SUITE_YET) ? alias(keyType) : null;
    }

    private @Nullable String alias(String keyType) {
        return keyType.equals(material.key().getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return material.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return material.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    /// Only engines are used here.
    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    /// The gateway is no client with this key.
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
