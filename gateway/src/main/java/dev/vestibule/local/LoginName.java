package dev.vestibule.local;

/// A user name as somebody typed it, at a home: a hash with a key of ours, as [LoginNames] makes
/// it. What people type into the field may be their password, so the name itself is kept nowhere.
///
/// @param hash 64 hexadecimal digits
record LoginName(String hash) {

    private static final int SHOWN_DIGITS = 12;

    /// For logs: the same name looks the same, and nobody else's password shows.
    String shown() {
        return "name:" + hash.substring(0, SHOWN_DIGITS);
    }
}
