package dev.vestibule.client;

/// What came of asking for a document.
sealed interface FetchedDocument {

    /// An answer whose form is right; what it says was not read yet.
    final class Body implements FetchedDocument {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    /// @param reason continues "the document ...", for the log
    record Unusable(String reason) implements FetchedDocument {}
}
