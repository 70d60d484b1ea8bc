package dev.vestibule.admission;

/// What somebody arrives for.
///
/// @param homeAssistantUserId who they are in Home Assistant
/// @param client who gets the code
record Errand(String homeAssistantUserId, ClientRequest client) {}
