package dev.vestibule.provisioning;

import java.time.Instant;

/// Whether the gateway stands before a home.
public sealed interface HomeState {

    record Served() implements HomeState {}

    /// The operator takes it away: nobody comes in, no user is made, and what it made is undone.
    record Leaving(Instant since) implements HomeState {}

    /// Nothing of the gateway is left there.
    record Left(Instant since, Instant at) implements HomeState {}
}
