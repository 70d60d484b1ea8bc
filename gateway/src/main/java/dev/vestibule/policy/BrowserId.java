package dev.vestibule.policy;

/// The random value of the cookie that tells one browser or app view from another. It is nobody's
/// until a websocket of that browser was authenticated; see [BrowserIds].
public record BrowserId(String value) {

    @Override
    public String toString() {
        return "[browser id]";
    }
}
