package dev.vestibule.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a running JVM of this machine tells about its heap, by the `jcmd` of the JDK that the
/// benchmarks run on.
final class HeapInfo {

    /// The generations of the serial collector: `DefNew total 5632K, used 4104K [...`.
    private static final Pattern GENERATION =
            Pattern.compile("(?m)^\\s*(?:DefNew|Tenured)\\s+total \\d+K, used (\\d+)K");

    private static final int GENERATIONS = 2;

    private HeapInfo() {}

    /// Collects what is garbage first.
    static long bytesKept(long pid) {
        var _ = jcmd(pid, "GC.run");
        return bytesUsed(jcmd(pid, "GC.heap_info"));
    }

    static long bytesUsed(String heapInfo) {
        long[] used =
                GENERATION
                        .matcher(heapInfo)
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                        .toArray();
        if (used.length != GENERATIONS) {
            throw new BenchmarkFailed("no heap of a serial collector: " + heapInfo);
        }
        return used[0] + used[1];
    }

    static String jcmd(long pid, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process =
                    new ProcessBuilder(jcmd, Long.toString(pid), command)
                            .redirectErrorStream(true)
                            .start();
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchmarkFailed("jcmd " + command + " failed: " + printed);
            }
            return printed;
        } catch (IOException problem) {
            throw new BenchmarkFailed("the heap of " + pid + " cannot be looked at", problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailed("interrupted", interrupted);
        }
    }
}
