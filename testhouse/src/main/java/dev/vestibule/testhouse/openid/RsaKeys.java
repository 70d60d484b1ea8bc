package dev.vestibule.testhouse.openid;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The RSA keys of 2048 bits that one provider needs, from a stock that all providers of the
/// process fill. Making one takes longer than all else that a provider does to start, and tests
/// start thousands of providers. What a provider takes is nobody else's until it is closed, so that
/// two providers that are open at a time never have a key in common. Safe to share between threads.
final class RsaKeys implements AutoCloseable {

    private static final Deque<KeyPair> STOCK = new ArrayDeque<>();

    private final List<KeyPair> taken = new ArrayList<>();

    /// One that this provider has not had yet.
    synchronized KeyPair next() {
        KeyPair pair = fromStock();
        taken.add(pair);
        return pair;
    }

    private static KeyPair fromStock() {
        synchronized (STOCK) {
            if (!STOCK.isEmpty()) {
                return STOCK.removeFirst();
            }
        }
        return generate(2048);
    }

    static KeyPair generate(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK makes no RSA keys", problem);
        }
    }

    /// Gives back what was taken.
    @Override
    public synchronized void close() {
        synchronized (STOCK) {
            STOCK.addAll(taken);
        }
        taken.clear();
    }
}
