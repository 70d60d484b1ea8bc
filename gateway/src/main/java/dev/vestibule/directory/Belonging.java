package dev.vestibule.directory;

/// A group as somebody in it sees it.
///
/// @param isDirect false where they are in a group that is in this one
public record Belonging(String groupId, String displayName, boolean isDirect) {}
