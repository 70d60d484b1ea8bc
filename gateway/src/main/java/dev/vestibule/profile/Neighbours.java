package dev.vestibule.profile;

import dev.vestibule.visit.Visitor;

import java.util.function.Predicate;

/// What the rooms beside this one offer a visitor, where it is switched on.
///
/// @param passkeys whether people may have passkeys at the visitor's home
/// @param linking whether they may prove a login that they have in Home Assistant, to keep its user
public record Neighbours(Predicate<Visitor> passkeys, Predicate<Visitor> linking) {}
