package dev.vestibule.shell;

import java.time.Duration;

/// How much the shell cache keeps and asks.
///
/// @param diskBytesMax of all files together
/// @param entryBytesMax of one file; a larger one is not served
/// @param entriesMax how many files, each encoding counted
/// @param memoryBytesMax of small bodies that are kept in memory as well
/// @param memoryEntryBytesMax the largest body that is held in memory; larger ones are mapped from
///   disk
/// @param namesMax how many names of each kind are remembered from cached documents
/// @param fetchesMax questions to Home Assistant at once
/// @param flightsMax documents that wait for such a question; more are turned away with 503
/// @param documentFreshFor how long the index, manifest and service workers are served without
///   asking again
/// @param staleMax how long beyond its freshness a copy is still served when Home Assistant is away
/// @param absentFor how long a 404 of Home Assistant is remembered
/// @param absentMax how many of them
/// @param awayFor how long nothing is asked after Home Assistant did not answer
/// @param connect for opening a connection
/// @param answer for a whole fetch, and how long a request waits for one
public record ShellLimits(
        long diskBytesMax,
        long entryBytesMax,
        int entriesMax,
        long memoryBytesMax,
        int memoryEntryBytesMax,
        int namesMax,
        int fetchesMax,
        int flightsMax,
        Duration documentFreshFor,
        Duration staleMax,
        Duration absentFor,
        int absentMax,
        Duration awayFor,
        Duration connect,
        Duration answer) {

    public static final ShellLimits DEFAULT =
            new ShellLimits(
                    256L << 20,
                    16L << 20,
                    10_000,
                    4L << 20,
                    64 << 10,
                    20_000,
                    8,
                    256,
                    Duration.ofSeconds(60),
                    Duration.ofDays(7),
                    Duration.ofSeconds(60),
                    4_096,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20));
}
