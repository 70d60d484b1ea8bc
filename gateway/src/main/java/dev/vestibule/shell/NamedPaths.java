package dev.vestibule.shell;

import dev.vestibule.shell.ShellTarget.Asset;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the cached documents name: the only paths that are ever asked of Home Assistant. See the
/// package's page for the three ways. Every set is bounded; what no longer fits is not named. Safe
/// to share between threads.
final class NamedPaths {

    /// A fingerprint that stands in many places remembers the words of the first few.
    private static final int COMPANIONS_LENGTH_MAX = 600;

    private final int namesMax;
    private final Set<String> paths = ConcurrentHashMap.newKeySet();
    private final Set<String> directories = ConcurrentHashMap.newKeySet();
    private final Set<String> fileNames = ConcurrentHashMap.newKeySet();
    private final Set<String> words = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, String> fingerprints = new ConcurrentHashMap<>();

    NamedPaths(int namesMax) {
        this.namesMax = namesMax;
    }

    boolean names(Asset asset) {
        if (paths.contains(asset.path())) {
            return true;
        }
        boolean isKnownDirectory = directories.contains(asset.directory());
        if (isKnownDirectory && fileNames.contains(asset.name())) {
            return true;
        }
        return (isKnownDirectory || isBelowKnownDirectory(asset.directory()))
                && isBuilt(asset.name());
    }

    /// One step below a named directory, by a word in quotes: translations of a part of the front
    /// end lie in `/static/translations/config/`.
    private boolean isBelowKnownDirectory(String directory) {
        int slash = directory.lastIndexOf('/', directory.length() - 2);
        return directories.contains(directory.substring(0, slash + 1))
                && words.contains(directory.substring(slash + 1, directory.length() - 1));
    }

    /// Whether the loader would build this name: a fingerprint, alone or behind one of its words.
    private boolean isBuilt(String name) {
        int dot = name.lastIndexOf('.');
        if (dot <= 0 || !DocumentKind.isKnown(name.substring(dot + 1))) {
            return false;
        }
        String stem = name.substring(0, dot);
        if (fingerprints.containsKey(stem)) {
            return true;
        }
        for (int i = 1; i < stem.length() - 1; i++) {
            boolean isSeparator = stem.charAt(i) == '.' || stem.charAt(i) == '-';
            if (isSeparator && stand(stem.substring(0, i), stem.substring(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private boolean stand(String word, String fingerprint) {
        String companions = fingerprints.get(fingerprint);
        return companions != null && Arrays.asList(companions.split(" ", -1)).contains(word);
    }

    void addPath(String path) {
        addTo(paths, path);
        for (int i = path.lastIndexOf('/'); i > 0; i = path.lastIndexOf('/', i - 1)) {
            addTo(directories, path.substring(0, i + 1));
        }
    }

    void addFileName(String name) {
        addTo(fileNames, name);
    }

    void addWord(String word) {
        addTo(words, word);
    }

    /// @param companions the words that stand shortly before it, with one space between
    void addFingerprint(String fingerprint, String companions) {
        if (fingerprints.size() < namesMax || fingerprints.containsKey(fingerprint)) {
            fingerprints.merge(fingerprint, companions, NamedPaths::joined);
        }
    }

    private static String joined(String known, String more) {
        boolean fits = known.length() + more.length() < COMPANIONS_LENGTH_MAX;
        return !fits || known.equals(more) ? known : known + " " + more;
    }

    private void addTo(Set<String> names, String name) {
        if (names.size() < namesMax) {
            names.add(name);
        }
    }
}
