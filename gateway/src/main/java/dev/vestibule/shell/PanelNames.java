package dev.vestibule.shell;

import dev.vestibule.file.FileNotWritten;
import dev.vestibule.file.OwnersFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The first segments that open the front end's page, kept on disk so that a deep link works after
/// a restart while Home Assistant is away. Safe to share between threads.
final class PanelNames {

    private static final Logger LOG = LoggerFactory.getLogger(PanelNames.class);

    private static final int PANELS_MAX = 1_000;
    private static final Pattern PANEL = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._~-]{0,127}");

    private final Path file;
    private volatile Set<String> names;

    PanelNames(Path file) {
        this.file = file;
        this.names = read();
    }

    Set<String> names() {
        return names;
    }

    synchronized void replace(Set<String> panels) {
        Set<String> fresh = checked(panels);
        if (fresh.equals(names)) {
            return;
        }
        names = fresh;
        write(fresh);
    }

    private static Set<String> checked(Set<String> panels) {
        return panels.stream()
                .filter(panel -> PANEL.matcher(panel).matches())
                .sorted()
                .limit(PANELS_MAX)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> read() {
        try {
            return Files.exists(file)
                    ? checked(Set.copyOf(Files.readAllLines(file, StandardCharsets.UTF_8)))
                    : Set.of();
        } catch (IOException unreadable) {
            LOG.warn("event=shell-panels-unreadable", unreadable);
            return Set.of();
        }
    }

    private void write(Set<String> panels) {
        try {
            OwnersFile.replace(file, String.join("\n", new TreeSet<>(panels)) + "\n");
        } catch (FileNotWritten failed) {
            LOG.warn("event=shell-panels-not-kept", failed);
        }
    }
}
