package dev.vestibule.store;

/// What waits for the database.
enum WorkKind {
    READ,
    WRITE
}
