package dev.vestibule.passkey;

import com.webauthn4j.WebAuthnAuthenticationManager;
import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.exception.UnexpectedCheckedException;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.BadAlgorithmException;
import com.webauthn4j.verifier.exception.BadAttestationStatementException;
import com.webauthn4j.verifier.exception.BadBackupEligibleFlagException;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.BadTopOriginException;
import com.webauthn4j.verifier.exception.IllegalBackupStateException;
import com.webauthn4j.verifier.exception.InconsistentClientDataTypeException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.NotAllowedAlgorithmException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Everything that is asked of webauthn4j: the formats, the signatures, and the steps of WebAuthn
/// sections 7.1 and 7.2 that need both. Safe to share between threads.
///
/// It is given bytes within limits, and CBOR that is neither deep nor doubled. Whose a credential
/// is, and whether a challenge is still good, is for the ceremonies to say.
final class WebAuthnLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(WebAuthnLibrary.class);

    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(32)
                    .maxNameLength(256)
                    .maxStringLength(CeremonyAnswer.ATTESTATION_BYTES_MAX)
                    .maxDocumentLength(CeremonyAnswer.ATTESTATION_BYTES_MAX)
                    .build();

    private @Nullable Loaded loaded;

    /// The library itself. Takes half a second and some megabytes, which a home whose people have
    /// no passkeys does not spend.
    private record Loaded(
            CBORMapper cbor,
            WebAuthnRegistrationManager registrations,
            WebAuthnAuthenticationManager authentications) {

        static Loaded load() {
            ObjectConverter converter =
                    new ObjectConverter(
                            new JsonMapper(),
                            CBORMapper.builder(
                                            CBORFactory.builder()
                                                    .streamReadConstraints(LIMITS)
                                                    .enable(
                                                            StreamReadFeature
                                                                    .STRICT_DUPLICATE_DETECTION)
                                                    .build())
                                    .build());
            return new Loaded(
                    converter.getCborMapper(),
                    new WebAuthnRegistrationManager(
                            List.of(
                                    new NoneAttestationStatementVerifier(),
                                    new PackedAttestationStatementVerifier()),
                            (_, _, _) -> {
                                throw new BadAttestationStatementException(
                                        "no certificate is trusted");
                            },
                            new DefaultSelfAttestationTrustworthinessVerifier(),
                            converter),
                    new WebAuthnAuthenticationManager(List.of(), converter));
        }
    }

    private synchronized Loaded library() {
        if (loaded == null) {
            loaded = Loaded.load();
        }
        return loaded;
    }

    /// Verifies a new key (WebAuthn section 7.1).
    Verified<CredentialKey> register(
            CeremonyAnswer.Registration answer, Challenge challenge, PasskeySite site) {
        return verified(
                () -> {
                    byte[] attestation = Base64Url.decodeOwn(answer.attestation());
                    if (!AttestationForm.isPlain(library().cbor().readTree(attestation))) {
                        return new Verified.Refused<>(Refusal.ATTESTATION);
                    }
                    RegistrationData data =
                            library()
                                    .registrations()
                                    .verify(
                                            new RegistrationRequest(
                                                    attestation,
                                                    Base64Url.decodeOwn(answer.clientData())),
                                            new RegistrationParameters(
                                                    expected(challenge, site),
                                                    OfferedAlgorithm.parameters(),
                                                    true,
                                                    true));
                    AttestationObject attested = data.getAttestationObject();
                    return attested == null
                            ? new Verified.Refused<>(Refusal.UNREADABLE)
                            : key(answer.id(), attested.getAuthenticatorData());
                });
    }

    private Verified<CredentialKey> key(CredentialId id, AuthenticatorData<?> data) {
        AttestedCredentialData attested = data.getAttestedCredentialData();
        if (attested == null || !Arrays.equals(attested.getCredentialId(), id.bytes())) {
            return new Verified.Refused<>(Refusal.UNREADABLE);
        }
        if (!OfferedAlgorithm.fits(attested.getCOSEKey())) {
            return new Verified.Refused<>(Refusal.ALGORITHM);
        }
        return new Verified.Accepted<>(
                new CredentialKey(
                        id,
                        Base64Url.encode(library().cbor().writeValueAsBytes(attested.getCOSEKey())),
                        data.getSignCount(),
                        data.isFlagBE(),
                        data.isFlagBS()));
    }

    /// Verifies a signature (WebAuthn section 7.2).
    ///
    /// @param known as it was after the last use
    /// @return the key as it is after this use
    Verified<CredentialKey> authenticate(
            CeremonyAnswer.Authentication answer,
            Challenge challenge,
            PasskeySite site,
            CredentialKey known) {
        return verified(
                () -> {
                    AuthenticationData data =
                            library()
                                    .authentications()
                                    .verify(
                                            new AuthenticationRequest(
                                                    known.id().bytes(),
                                                    Base64Url.decodeOwn(answer.authenticatorData()),
                                                    Base64Url.decodeOwn(answer.clientData()),
                                                    Base64Url.decodeOwn(answer.signature())),
                                            new AuthenticationParameters(
                                                    expected(challenge, site),
                                                    record(known),
                                                    List.of(known.id().bytes()),
                                                    true,
                                                    true));
                    AuthenticatorData<?> said = data.getAuthenticatorData();
                    return said == null
                            ? new Verified.Refused<>(Refusal.UNREADABLE)
                            : new Verified.Accepted<>(
                                    known.used(said.getSignCount(), said.isFlagBS()));
                });
    }

    private CredentialRecordImpl record(CredentialKey known) {
        COSEKey key =
                library().cbor().readValue(Base64Url.decodeOwn(known.publicKey()), COSEKey.class);
        return new CredentialRecordImpl(
                null,
                true,
                known.isBackupEligible(),
                known.isBackedUp(),
                known.signCount(),
                new AttestedCredentialData(AAGUID.ZERO, known.id().bytes(), key),
                null,
                null,
                null,
                null);
    }

    /// Frames of other sites are never expected, so no top origin is.
    private static ServerProperty expected(Challenge challenge, PasskeySite site) {
        return ServerProperty.builder()
                .origins(
                        site.origins().stream()
                                .map(origin -> new Origin(origin.toString()))
                                .collect(Collectors.toUnmodifiableSet()))
                .rpId(site.rpId().value())
                .challenge(new DefaultChallenge(challenge.bytes()))
                .build();
    }

    /// What the library cannot read or does not accept is a refusal, whatever it threw: of bytes
    /// that strangers made up, it throws what it never meant to (`ClassCastException` for an
    /// extension that is a number, in 0.32), and none of it is a bug of ours.
    private static <T> Verified<T> verified(Supplier<Verified<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException refused) {
            LOG.debug("event=passkey-not-verified", refused);
            return new Verified.Refused<>(reason(refused));
        }
    }

    private static Refusal reason(RuntimeException refused) {
        return switch (refused) {
            case BadChallengeException _ -> Refusal.CHALLENGE;
            case InconsistentClientDataTypeException _ -> Refusal.TYPE;
            case BadOriginException _ -> Refusal.ORIGIN;
            case BadTopOriginException _ -> Refusal.CROSS_ORIGIN;
            case BadRpIdException _ -> Refusal.RP_ID;
            case UserNotPresentException _ -> Refusal.USER_PRESENCE;
            case UserNotVerifiedException _ -> Refusal.USER_VERIFICATION;
            case IllegalBackupStateException _ -> Refusal.BACKUP;
            case BadBackupEligibleFlagException _ -> Refusal.BACKUP;
            case NotAllowedAlgorithmException _ -> Refusal.ALGORITHM;
            case BadAlgorithmException _ -> Refusal.ALGORITHM;
            case BadAttestationStatementException _ -> Refusal.ATTESTATION;
            case BadSignatureException _ -> Refusal.SIGNATURE;
            case MaliciousCounterValueException _ -> Refusal.SIGN_COUNT;
            // A key whose numbers make no key.
            case UnexpectedCheckedException _ -> Refusal.ALGORITHM;
            default -> Refusal.UNREADABLE;
        };
    }
}
