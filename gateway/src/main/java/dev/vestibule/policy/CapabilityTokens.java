package dev.vestibule.policy;

import dev.vestibule.config.HomeId;

/// Knows the unguessable ids and tokens that Home Assistant put into addresses of images and
/// streams. Never waits; safe to share between threads.
@FunctionalInterface
public interface CapabilityTokens {

    /// @param id the entity, stream, file or image that the path names
    /// @param token the `token` of the query, or the path's own unguessable part where the id is it
    boolean isKnown(HomeId home, Kind kind, String id, String token);

    /// What an address shows.
    enum Kind {
        /// The picture of a camera, an image entity or a media player.
        ENTITY_PICTURE,
        /// A stream for `/api/hls`.
        STREAM,
        /// A spoken text.
        SPEECH,
        /// An uploaded image.
        IMAGE,
        /// A brand's logo.
        BRAND
    }
}
