package dev.vestibule.testhouse.passkey;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.function.UnaryOperator;

/// What an answer says otherwise than it is. Told before the answer is signed.
///
/// @param clientData changes what the browser says of the page (WebAuthn section 5.8.1)
/// @param authenticatorData changes what the authenticator says
/// @param attestationObject changes the CBOR of an enrolment, after it was written
/// @param answer changes the JSON that the page posts, after it was signed
public record Lie(
        UnaryOperator<ObjectNode> clientData,
        UnaryOperator<AuthenticatorData> authenticatorData,
        UnaryOperator<byte[]> attestationObject,
        UnaryOperator<ObjectNode> answer) {

    public static final Lie NONE =
            new Lie(
                    UnaryOperator.identity(),
                    UnaryOperator.identity(),
                    UnaryOperator.identity(),
                    UnaryOperator.identity());

    public static Lie inClientData(UnaryOperator<ObjectNode> change) {
        return new Lie(change, NONE.authenticatorData(), NONE.attestationObject(), NONE.answer());
    }

    public static Lie inAuthenticatorData(UnaryOperator<AuthenticatorData> change) {
        return new Lie(NONE.clientData(), change, NONE.attestationObject(), NONE.answer());
    }

    public static Lie inAttestationObject(UnaryOperator<byte[]> change) {
        return new Lie(NONE.clientData(), NONE.authenticatorData(), change, NONE.answer());
    }

    public static Lie inAnswer(UnaryOperator<ObjectNode> change) {
        return new Lie(
                NONE.clientData(), NONE.authenticatorData(), NONE.attestationObject(), change);
    }

    /// Another attestation statement in the place of none, around the same authenticator data.
    public static Lie attestation(String format, Map<String, Object> statement) {
        return inAttestationObject(
                honest -> VirtualAuthenticator.withStatement(honest, format, statement));
    }

    public static Lie setting(int flag) {
        return inAuthenticatorData(data -> data.withFlags(data.flags() | flag));
    }

    public static Lie clearing(int flag) {
        return inAuthenticatorData(data -> data.withFlags(data.flags() & ~flag));
    }

    public static Lie signCount(long count) {
        return inAuthenticatorData(data -> data.withSignCount(count));
    }

    public static Lie rpId(String other) {
        return inAuthenticatorData(data -> data.withRpId(other));
    }

    /// A member of the client data, of any JSON type.
    public static Lie saying(String name, Object value) {
        return inClientData(data -> data.putPOJO(name, value));
    }
}
