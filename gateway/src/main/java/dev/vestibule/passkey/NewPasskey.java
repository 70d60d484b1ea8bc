package dev.vestibule.passkey;

import java.time.Instant;

/// A passkey that was added from elsewhere than where its person is asked about it.
///
/// @param name as whoever added it calls it
/// @param address from where it was added
/// @param device what that browser called itself
record NewPasskey(PasskeyId id, String name, String address, String device, Instant addedAt) {}
