package dev.vestibule.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Files that are all written beside their places before the first of them gets there, so that a
/// full disk leaves what was there as it was. Used by one thread.
final class Drafts {

    private final Map<Path, String> texts;
    private final Consumer<Path> requireFree;
    private final List<Path> made = new ArrayList<>();

    private Drafts(Map<Path, String> texts, Consumer<Path> requireFree) {
        this.texts = texts;
        this.requireFree = requireFree;
    }

    /// @param texts by where they are to stand, in the order in which they are to get there
    /// @param requireFree throws [SetupFailed] where a place is taken
    static Drafts of(Map<Path, String> texts, Consumer<Path> requireFree) {
        return new Drafts(texts, requireFree);
    }

    /// @throws SetupFailed where one of them fails; what this made is gone then
    void place() {
        boolean isPlaced = false;
        try {
            texts.forEach(Drafts::draft);
            texts.keySet().forEach(requireFree);
            texts.keySet().forEach(this::move);
            isPlaced = true;
        } finally {
            if (!isPlaced) {
                texts.keySet().forEach(file -> remove(draftOf(file)));
                made.forEach(Drafts::remove);
            }
        }
    }

    private static Path draftOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static void draft(Path file, String text) {
        try {
            Files.deleteIfExists(draftOf(file));
            OwnersFile.write(draftOf(file), text);
        } catch (IOException problem) {
            throw SetupFiles.notWritten(file, problem);
        }
    }

    private void move(Path file) {
        boolean isNew = Files.notExists(file);
        try {
            Files.move(draftOf(file), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException problem) {
            throw SetupFiles.notWritten(file, problem);
        }
        if (isNew) {
            made.add(file);
        }
    }

    /// The first failure is the one that is told.
    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // It is not ours, or cannot go.
        }
    }
}
