package dev.vestibule.homeassistant;

/// What became of making a person.
public sealed interface PersonCreation {

    record Created(String personId) implements PersonCreation {}

    /// @param code `unknown_command` where persons are not loaded at all
    record Refused(String code) implements PersonCreation {}
}
