package dev.vestibule.homeassistant;

/// A person of Home Assistant that belongs to a user.
public record HomeAssistantPerson(String id, String name, String userId) {}
