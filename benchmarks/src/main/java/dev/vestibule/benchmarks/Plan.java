package dev.vestibule.benchmarks;

import java.time.Duration;
import java.util.List;

/// How much is measured.
///
/// @param httpWarmUp load before the first round, for each length of answer: until the compiler of
///   the gateway's JVM has nothing left to do, its work would be counted as the requests'
/// @param httpRounds how often each contender has its turn, for each length of answer
/// @param httpTurn how long a turn is
/// @param socketRounds as `httpRounds`, for websocket messages; 0 leaves them out
/// @param socketTurn how long a turn is
/// @param suspendedSockets how many websockets a suspended person has open, and as many others
/// @param openSockets for how many open websockets the memory is read, in order
/// @param starts how often the gateway is started again
/// @param directory what an identity system sends
record Plan(
        Duration httpWarmUp,
        int httpRounds,
        Duration httpTurn,
        int socketRounds,
        Duration socketTurn,
        int suspendedSockets,
        List<Integer> openSockets,
        int starts,
        Directory directory) {

    /// @param users how many, of whom a tenth is sent first, and measured
    /// @param groups how many groups they are in
    /// @param membersOfGroup how many users are in each
    /// @param requests how many of each kind are measured
    /// @param withRole how many users Home Assistant is told of
    record Directory(int users, int groups, int membersOfGroup, int requests, int withRole) {}

    Plan {
        openSockets = List.copyOf(openSockets);
    }

    static Plan quick() {
        return new Plan(
                Duration.ofSeconds(12),
                5,
                Duration.ofSeconds(3),
                0,
                Duration.ZERO,
                200,
                List.of(0),
                1,
                new Directory(2_000, 40, 50, 200, 50));
    }

    static Plan whole() {
        return new Plan(
                Duration.ofSeconds(15),
                7,
                Duration.ofSeconds(6),
                5,
                Duration.ofSeconds(5),
                1_000,
                List.of(0, 1_000, 5_000),
                5,
                new Directory(10_000, 200, 50, 1_000, 300));
    }
}
