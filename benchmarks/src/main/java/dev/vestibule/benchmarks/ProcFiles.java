package dev.vestibule.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What Linux tells about a process under `/proc` (proc(5)).
final class ProcFiles {

    /// The kernel counts for programs in hundredths of a second, whatever its own clock does.
    private static final Duration TICK = Duration.ofMillis(10);

    /// Counted from the state, the first field behind the name.
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;

    private ProcFiles() {}

    /// The processor time that a process has had, in user and system mode.
    static Duration processorTime(long pid) {
        return processorTime(read(pid, "stat"));
    }

    /// The name stands in parentheses and may hold blanks and parentheses itself.
    static Duration processorTime(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return TICK.multipliedBy(
                Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]));
    }

    /// The memory of a process that is in RAM, in bytes.
    static long residentBytes(long pid) {
        return residentBytes(read(pid, "status"));
    }

    static long residentBytes(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                .findFirst()
                .orElseThrow(() -> new BenchmarkFailed("a process has no memory: it has ended"));
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException problem) {
            throw new BenchmarkFailed("the process " + pid + " cannot be looked at", problem);
        }
    }
}
