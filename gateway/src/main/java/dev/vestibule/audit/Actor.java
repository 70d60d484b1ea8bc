package dev.vestibule.audit;

/// Who did something, and from where: two things, neither of which stands for the other. Whoever
/// looks for what came from a thief's address finds what was done in the name of an administrator.
///
/// @param by a person, a program or a part of the house; see the events that have such a component
/// @param address where it came from, as [AuditLog#append] takes it
public record Actor(String by, String address) {

    /// The command line.
    public static final Actor CONSOLE = new Actor("console", "console");
}
