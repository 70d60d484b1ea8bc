package dev.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.resource.Filter;
import dev.vestibule.resource.ResourceKind;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// A question for resources of one kind.
///
/// @param filter what they must match as they are shown; empty for all
/// @param readsGroups whether the filter asks for the groups of users, which costs more
/// @param shown how a resource looks to its tenant
/// @param taken gets those of the page, in order; false where no more may come
public record Search(
        ResourceKind kind,
        Optional<Filter> filter,
        boolean readsGroups,
        Function<DirectoryEntry, ObjectNode> shown,
        Predicate<ObjectNode> taken) {}
