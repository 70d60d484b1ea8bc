package dev.vestibule.admission;

import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// A page of ours that somebody sees on their way, after they were let in and before they are where
/// they wanted to be.
public interface Stopover {

    /// The path of the page; empty where this person goes on. The page finds where they wanted to
    /// be by the `choice` that is added.
    Optional<String> page(Guest guest, Visitor visitor, Destination destination);
}
