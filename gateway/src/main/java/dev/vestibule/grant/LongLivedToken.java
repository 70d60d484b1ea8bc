package dev.vestibule.grant;

import java.time.Instant;

/// A long-lived token that Home Assistant has just made, before anybody has got to know it.
///
/// @param askedBy the grant whose client asked for it
/// @param tokenId Home Assistant's id of it
/// @param name as the person calls it
/// @param address from where it was asked for
public record LongLivedToken(
        GrantId askedBy, String tokenId, String name, Instant expiresAt, String address) {

    private static final int NAME_MAX = 200;

    public LongLivedToken {
        name = name.length() <= NAME_MAX ? name : name.substring(0, NAME_MAX);
    }
}
