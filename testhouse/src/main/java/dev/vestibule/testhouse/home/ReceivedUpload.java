package dev.vestibule.testhouse.home;

/// A body that was taken in, counted and thrown away.
///
/// @param bytes of the whole body, multipart boundaries included
/// @param sha256 of the same, in hexadecimal
public record ReceivedUpload(String path, long bytes, String sha256) {}
