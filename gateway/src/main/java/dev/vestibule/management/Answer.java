package dev.vestibule.management;

/// What is said to a machine that asks.
///
/// @param body text, whole
record Answer(int status, String contentType, String body) {

    private static final String TEXT = "text/plain; charset=utf-8";

    static Answer text(int status, String sentence) {
        return new Answer(status, TEXT, sentence + "\n");
    }
}
