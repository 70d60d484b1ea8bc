package dev.vestibule.shell;

/// A document in the encoding that was asked for; the key of a copy. The body may be plain all the
/// same, where Home Assistant has no other.
record Representation(String path, ContentEncoding encoding) {}
