package dev.vestibule.outbox;

import java.time.Instant;

/// What waits for one home.
///
/// @param unconverged how much of it cannot be done as things stand
/// @param oldestAt when the oldest of it was wished
public record OutboxStanding(int waiting, int unconverged, Instant oldestAt) {}
