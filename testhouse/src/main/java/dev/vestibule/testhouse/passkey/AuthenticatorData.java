package dev.vestibule.testhouse.passkey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an authenticator says about itself and the person before it (WebAuthn section 6.1).
///
/// @param rpId whose hash it carries
/// @param signCount of 32 bits, unsigned
/// @param coseKey the new key with its names and values; empty in an assertion
/// @param credentialId in hexadecimal
/// @param trailing bytes that do not belong there, in hexadecimal
public record AuthenticatorData(
        String rpId,
        int flags,
        long signCount,
        String credentialId,
        Map<Object, Object> coseKey,
        String trailing) {

    public static final int USER_PRESENT = 0x01;
    public static final int USER_VERIFIED = 0x04;
    public static final int BACKUP_ELIGIBLE = 0x08;
    public static final int BACKED_UP = 0x10;
    public static final int HAS_KEY = 0x40;
    public static final int HAS_EXTENSIONS = 0x80;

    /// The model of the authenticator, which zeros do not tell.
    private static final int AAGUID_BYTES = 16;

    public AuthenticatorData {
        coseKey = new LinkedHashMap<>(coseKey);
    }

    public AuthenticatorData withRpId(String other) {
        return new AuthenticatorData(other, flags, signCount, credentialId, coseKey, trailing);
    }

    public AuthenticatorData withFlags(int others) {
        return new AuthenticatorData(rpId, others, signCount, credentialId, coseKey, trailing);
    }

    public AuthenticatorData withSignCount(long other) {
        return new AuthenticatorData(rpId, flags, other, credentialId, coseKey, trailing);
    }

    public AuthenticatorData withCredentialId(String other) {
        return new AuthenticatorData(rpId, flags, signCount, other, coseKey, trailing);
    }

    /// @param value `null`-free; see [Cbor#of]
    public AuthenticatorData withKeyMember(int name, Object value) {
        Map<Object, Object> other = new LinkedHashMap<>(coseKey);
        other.put(name, value);
        return new AuthenticatorData(rpId, flags, signCount, credentialId, other, trailing);
    }

    public AuthenticatorData withTrailing(String bytes) {
        return new AuthenticatorData(rpId, flags, signCount, credentialId, coseKey, bytes);
    }

    byte[] bytes() {
        byte[] id = HexFormat.of().parseHex(credentialId);
        byte[] tail = HexFormat.of().parseHex(trailing);
        byte[] key = coseKey.isEmpty() ? new byte[0] : Cbor.of(coseKey);
        int attested = coseKey.isEmpty() ? 0 : AAGUID_BYTES + 2 + id.length + key.length;
        ByteBuffer buffer = ByteBuffer.allocate(32 + 1 + 4 + attested + tail.length);
        buffer.put(sha256(rpId.getBytes(StandardCharsets.UTF_8)));
        buffer.put((byte) flags);
        buffer.putInt((int) signCount);
        if (attested > 0) {
            buffer.put(new byte[AAGUID_BYTES]).putShort((short) id.length).put(id).put(key);
        }
        return buffer.put(tail).array();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
