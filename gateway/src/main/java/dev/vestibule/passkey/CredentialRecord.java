package dev.vestibule.passkey;

import dev.vestibule.account.AccountId;

import java.time.Instant;
import java.util.List;

/// A passkey as the gateway keeps it (WebAuthn section 4, credential record).
///
/// @param account whose it is
/// @param rpId the host that it was made for
/// @param name what the person calls it
/// @param key what its signatures are checked with
/// @param transports how browsers reach it, in words of theirs; a hint
/// @param lastUsedAt as `createdAt` where it was never used
record CredentialRecord(
        PasskeyId id,
        AccountId account,
        UserHandle userHandle,
        RpId rpId,
        String name,
        CredentialKey key,
        List<String> transports,
        Instant createdAt,
        Instant lastUsedAt) {

    CredentialRecord {
        transports = List.copyOf(transports);
    }

    /// Whether it was made for this host.
    boolean isOf(PasskeySite site) {
        return rpId.equals(site.rpId());
    }

    boolean isUsed() {
        return lastUsedAt.isAfter(createdAt);
    }
}
