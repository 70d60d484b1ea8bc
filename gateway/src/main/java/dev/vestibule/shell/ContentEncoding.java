package dev.vestibule.shell;

/// How a representation is encoded on the wire, the smallest first. These three constants are all
/// that an `Accept-Encoding` of ours ever says.
public enum ContentEncoding {
    BROTLI("br"),
    GZIP("gzip"),
    IDENTITY("identity");

    private final String token;

    ContentEncoding(String token) {
        this.token = token;
    }

    /// The name of the coding in HTTP (RFC 9110 section 8.4.1).
    public String token() {
        return token;
    }
}
