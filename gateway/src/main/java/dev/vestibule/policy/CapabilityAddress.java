package dev.vestibule.policy;

import dev.vestibule.http.RequestTarget;
import dev.vestibule.policy.CapabilityTokens.Kind;

import java.util.List;
import java.util.Optional;

/// The id and the token in an address of class `capability`.
record CapabilityAddress(Kind kind, String id, String token) {

    static Optional<CapabilityAddress> read(RequestTarget target) {
        List<String> segments = target.segments();
        if (segments.size() < 3) {
            return Optional.empty();
        }
        String third = segments.get(2);
        return switch (segments.get(1)) {
            case "camera_proxy",
                    "camera_proxy_stream",
                    "image_proxy",
                    "image_proxy_stream",
                    "media_player_proxy" ->
                    withToken(Kind.ENTITY_PICTURE, third, target);
            case "hls" -> Optional.of(new CapabilityAddress(Kind.STREAM, third, third));
            case "tts_proxy" -> Optional.of(new CapabilityAddress(Kind.SPEECH, third, third));
            case "image" -> imageOf(segments);
            case "brands" -> withToken(Kind.BRAND, third, target);
            default -> Optional.empty();
        };
    }

    private static Optional<CapabilityAddress> withToken(
            Kind kind, String id, RequestTarget target) {
        return target.queryParameters()
                .single("token")
                .filter(token -> !token.isEmpty())
                .map(token -> new CapabilityAddress(kind, id, token));
    }

    /// `/api/image/serve/{id}/{size}`
    private static Optional<CapabilityAddress> imageOf(List<String> segments) {
        return segments.size() == 5
                ? Optional.of(new CapabilityAddress(Kind.IMAGE, segments.get(3), segments.get(3)))
                : Optional.empty();
    }
}
