package dev.vestibule.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// The load: wrk with one thread, and connections that ask again as soon as they were answered.
final class Wrk {

    static final int CONNECTIONS = 32;

    private static final String SCRIPT = "wrk-report.lua";

    private final Path script;

    /// @param directory where its script may lie
    Wrk(Path directory) {
        this.script = directory.resolve(SCRIPT);
        try (InputStream resource = Wrk.class.getResourceAsStream(SCRIPT)) {
            Files.copy(Objects.requireNonNull(resource, SCRIPT), script);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Asks for one address for this long, with the bearer.
    ///
    /// @throws BenchmarkFailed where any answer was none, or refused
    WrkReport load(URI address, String bearer, Duration duration) {
        List<String> command =
                List.of(
                        "wrk",
                        "--threads",
                        "1",
                        "--connections",
                        Integer.toString(CONNECTIONS),
                        "--duration",
                        duration.toSeconds() + "s",
                        "--header",
                        "Authorization: Bearer " + bearer,
                        "--script",
                        script.toString(),
                        address.toString());
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return WrkReport.read(printed);
        } catch (IOException problem) {
            throw new BenchmarkFailed("wrk cannot be run", problem);
        }
    }
}
