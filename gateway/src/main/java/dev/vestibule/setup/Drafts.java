package dev.vestibule.setup;

import dev.vestibule.file.Draft;
import dev.vestibule.file.FileNotWritten;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Files that are all written beside their places before the first of them gets there, so that a
/// full disk leaves what was there as it was. Used by one thread.
final class Drafts {

    private final Map<Path, String> texts;
    private final Consumer<Path> requireFree;
    private final Map<Path, Draft> drafts = new LinkedHashMap<>();
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
            texts.forEach((file, text) -> drafts.put(file, Draft.write(file, text)));
            texts.keySet().forEach(requireFree);
            drafts.forEach(this::move);
            isPlaced = true;
        } catch (FileNotWritten problem) {
            throw SetupFailed.notWritten(problem);
        } finally {
            drafts.values().forEach(Draft::close);
            if (!isPlaced) {
                made.forEach(Drafts::remove);
            }
        }
    }

    private void move(Path file, Draft draft) {
        if (Files.notExists(file)) {
            made.add(file);
        }
        draft.replace();
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
