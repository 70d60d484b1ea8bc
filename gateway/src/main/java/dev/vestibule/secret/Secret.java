package dev.vestibule.secret;

/// Text that must not appear in logs, pages or errors. It prints as `[secret]`; [#reveal()] is the
/// only way to its value.
public record Secret(String value) {

    /// The value itself. Every call of this method is a place to look at twice.
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
