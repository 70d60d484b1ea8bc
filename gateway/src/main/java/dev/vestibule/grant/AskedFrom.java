package dev.vestibule.grant;

/// From where somebody asked for a grant: the browser in which they said yes, which need not be
/// where the client is.
///
/// @param address as the audit log has it; empty text where nobody asked here, or it was not noted
/// @param userAgent what the browser said of itself, cut off where it is long; anybody may say
///   anything
public record AskedFrom(String address, String userAgent) {

    /// A token that is older than the gateway.
    public static final AskedFrom NOWHERE = new AskedFrom("", "");

    private static final int TEXT_MAX = 300;

    public AskedFrom {
        userAgent = userAgent.substring(0, Math.min(userAgent.length(), TEXT_MAX));
    }
}
