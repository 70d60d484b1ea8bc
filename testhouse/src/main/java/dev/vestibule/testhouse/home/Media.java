package dev.vestibule.testhouse.home;

import java.time.Duration;

/// Addresses that open without a person's token, and add-ons. Safe to share between threads.
public final class Media {

    private final Loop loop;
    private final House house;
    private final AddOns addOns;

    Media(Loop loop, House house, AddOns addOns) {
        this.loop = loop;
        this.house = house;
        this.addOns = addOns;
    }

    /// The still picture of `camera.front_door`, with its present token.
    public String cameraPath() {
        return loop.call(() -> picture(Furnishing.CAMERA));
    }

    /// The moving picture of the same, with the same token.
    public String cameraStreamPath() {
        return cameraPath().replace("/camera_proxy/", "/camera_proxy_stream/");
    }

    /// The cover picture of `media_player.living_room`.
    public String coverPath() {
        return loop.call(() -> picture(Furnishing.SPEAKER));
    }

    private String picture(String entityId) {
        return house.states()
                .find(entityId)
                .orElseThrow()
                .attributes()
                .path("entity_picture")
                .asText();
    }

    /// Gives every camera a new token; of the old ones only the last stays valid.
    public void rotateCameraTokens() {
        loop.run(() -> house.capabilities().rotateCameraTokens());
    }

    /// An uploaded picture.
    public String imagePath() {
        return "/api/image/serve/" + house.capabilities().imageId() + "/512x512";
    }

    /// The playlist of a new stream.
    public String newStreamPath() {
        return loop.call(
                () -> "/api/hls/" + house.capabilities().newStream() + "/master_playlist.m3u8");
    }

    /// A new spoken sentence.
    public String newSpeechPath() {
        return loop.call(() -> "/api/tts_proxy/" + house.capabilities().newSpeech());
    }

    /// The address of the add-on, with a slash at its end.
    public String ingressPath() {
        return "/api/hassio_ingress/" + addOns.ingressToken() + "/";
    }

    /// A value for the cookie `ingress_session`.
    public String newIngressSession() {
        return loop.call(addOns::newSession);
    }

    /// Signs an address in the name of a refresh token, as `auth/sign_path` does.
    public String sign(String refreshTokenId, String path, Duration lifetime) {
        return loop.call(() -> house.signer().sign(refreshTokenId, path, lifetime));
    }

    /// Signs an address in the name of the house itself, as is done for speakers.
    public String signAsContentUser(String path, Duration lifetime) {
        return loop.call(
                () -> {
                    RefreshToken token =
                            house.tokens()
                                    .create(house.contentUser(), RefreshToken.Purpose.system());
                    return house.signer().sign(token.id(), path, lifetime);
                });
    }
}
