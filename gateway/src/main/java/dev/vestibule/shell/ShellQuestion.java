package dev.vestibule.shell;

/// All that Home Assistant is ever told by the shell cache.
///
/// @param path canonical, without a query
/// @param encoding what we accept, and nothing else
/// @param entityTag of the copy that we hold, as Home Assistant gave it; empty where we hold none
public record ShellQuestion(String path, ContentEncoding encoding, String entityTag) {}
