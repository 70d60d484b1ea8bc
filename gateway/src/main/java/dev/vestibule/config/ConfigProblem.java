package dev.vestibule.config;

/// Something in the configuration that is wrong, or worth a warning.
///
/// @param line the line in the file, from 1; 0 where the problem is the file itself
/// @param path the key from the outside in, such as `homes[0].public-url`; empty for the file
/// @param sentence what is wrong and what to do; it never holds a secret
public record ConfigProblem(int line, String path, String sentence) {

    /// One line for a terminal.
    @Override
    public String toString() {
        String place =
                (line > 0 ? "line " + line : "") + (line > 0 && !path.isEmpty() ? ", " : "") + path;
        return place.isEmpty() ? sentence : place + ": " + sentence;
    }
}
