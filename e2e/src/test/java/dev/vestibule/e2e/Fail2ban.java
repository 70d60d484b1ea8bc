package dev.vestibule.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Debian's fail2ban, with the filter and the jail of `deploy` and an action that touches no
/// firewall: it writes whom it would ban into a file.
final class Fail2ban {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration BANNED_MAX = Duration.ofSeconds(60);

    private final Path root = DebianPackages.unpacked("fail2ban");
    private final Path directory;
    private final Path config;

    /// @param directory for everything that it writes
    Fail2ban(Path directory) throws IOException {
        this.directory = directory;
        this.config = directory.resolve("fail2ban");
        Files.createDirectories(config.resolve("jail.d"));
        copy(root.resolve("etc/fail2ban"), config);
        copy(Deployment.directory("fail2ban/filter.d"), config.resolve("filter.d"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
    }

    private Process start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add("python3");
        command.add(root.resolve("usr/bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment()
                .put("PYTHONPATH", root.resolve("usr/lib/python3/dist-packages").toString());
        return process.start();
    }

    /// The addresses that the filter finds, one a line, as often as it finds them.
    String found(Path log, String filter) throws IOException {
        Process regex =
                start(
                        "fail2ban-regex",
                        "-c",
                        config.toString(),
                        "-o",
                        "ip",
                        log.toString(),
                        filter);
        return regex.inputReader().readAllAsString();
    }

    /// Runs a server over the log.
    Server serve(Path log) throws IOException {
        Path banned = directory.resolve("banned");
        Files.createFile(banned);
        Files.writeString(
                config.resolve("action.d/write.conf"),
                "[Definition]\nactionban = echo <ip> >> " + banned + "\nactionunban =\n");
        Files.delete(config.resolve("jail.d/defaults-debian.conf"));
        Files.writeString(
                config.resolve("jail.d/vestibule.conf"),
                Files.readString(Deployment.directory("fail2ban/jail.d/vestibule.conf"))
                                .replace(
                                        "backend  = systemd", "backend = polling\nlogpath = " + log)
                        + "\naction = write\n");
        Process server =
                start(
                        "fail2ban-server",
                        "-f",
                        "-x",
                        "-c",
                        config.toString(),
                        "-s",
                        directory.resolve("socket").toString(),
                        "-p",
                        directory.resolve("pid").toString(),
                        "--logtarget",
                        directory.resolve("fail2ban.log").toString(),
                        "start");
        return new Server(server, banned, directory.resolve("fail2ban.log"));
    }

    /// A running server, which ends with [#close].
    record Server(Process process, Path banned, Path log) implements AutoCloseable {

        /// Everybody who was banned until somebody was.
        List<String> awaitBanned(String last) {
            Patience.until(() -> read(banned).contains(last), PAUSE, BANNED_MAX, this::complaint);
            return read(banned);
        }

        private String complaint() {
            return "banned: " + read(banned) + "\n" + String.join("\n", read(log));
        }

        private static List<String> read(Path file) {
            try {
                return Files.exists(file) ? Files.readAllLines(file) : List.of();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
