package dev.vestibule.passkey;

/// The half of a passkey that is no secret, and what is known of its use.
///
/// @param publicKey a COSE key as base64url
/// @param signCount how often it has signed; 0 for ever where it does not count
/// @param isBackupEligible whether it may be copied to other devices; never changes
/// @param isBackedUp whether it has been
record CredentialKey(
        CredentialId id,
        String publicKey,
        long signCount,
        boolean isBackupEligible,
        boolean isBackedUp) {

    CredentialKey used(long count, boolean backedUp) {
        return new CredentialKey(id, publicKey, count, isBackupEligible, backedUp);
    }
}
