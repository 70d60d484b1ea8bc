package dev.vestibule.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a document for the names in it. It knows how the front end's loader spells them, not what
/// the document means: a name that is missed is a file that is 404 for strangers, a name too many
/// is one of Home Assistant's own words.
///
/// Works through a document in blocks that overlap, so that a large one costs no memory. No pattern
/// here can backtrack: what is read was written elsewhere.
final class NameScanner {

    private static final int BLOCK_CHARS = 256 << 10;

    /// Longer than any match together with the words before it.
    private static final int OVERLAP_CHARS = 1024;

    /// Of a decoded document; the rest of a compressed bomb is not read.
    private static final long DOCUMENT_BYTES_MAX = 64L << 20;

    private static final int COMPANION_CHARS = 100;
    private static final int COMPANIONS_MAX = 12;

    /// `/static/icons/favicon.ico`, and `/static/mdi/` before a name that is put in.
    private static final Pattern PATH =
            Pattern.compile("/(?:static|frontend_latest|frontend_es5)/[A-Za-z0-9._~/-]{0,200}+");

    /// `"core.c42f1d37.js"`, `./123.abc.js"`, `url(Roboto.woff2)`.
    private static final Pattern FILE_NAME =
            Pattern.compile(
                    "(?<=[\"'`/(])[A-Za-z0-9_-][A-Za-z0-9._~-]{2,127}+(?=[\"'`?#)\\s\\\\])");

    /// `"config"`, and `mdi/` before a name that is put in.
    private static final Pattern WORD =
            Pattern.compile("(?<=[\"'`}])[a-z][a-z0-9_-]{1,31}+(?=/?(?:[\"'`\\\\]|\\$\\{))");

    /// `:"185bb2db5b9597eb"`, the value of a property.
    private static final Pattern VALUE =
            Pattern.compile(":\\s?+\\\\?+[\"']([A-Za-z0-9_-]{8,64}+)\\\\?+[\"']");

    private static final Pattern COMPANION = Pattern.compile("[A-Za-z0-9_-]{1,64}+");

    /// Minifiers write the chunk 12000 as `12e3`.
    private static final Pattern EXPONENT = Pattern.compile("([0-9]{1,6}+)e([0-9])");

    private final NamedPaths names;

    NameScanner(NamedPaths names) {
        this.names = names;
    }

    void scan(InputStream document) throws IOException {
        String tail = "";
        long read = 0;
        while (true) {
            byte[] bytes = document.readNBytes(BLOCK_CHARS);
            read += bytes.length;
            boolean isLast = bytes.length < BLOCK_CHARS || read >= DOCUMENT_BYTES_MAX;
            // All patterns are ASCII, so that one byte may be read as one character.
            String block = tail + new String(bytes, StandardCharsets.ISO_8859_1);
            scanBlock(block, tail.isEmpty(), isLast);
            if (isLast) {
                return;
            }
            tail = block.substring(block.length() - OVERLAP_CHARS);
        }
    }

    private void scanBlock(String block, boolean isFirst, boolean isLast) {
        each(PATH, block, isFirst, isLast, match -> names.addPath(match.group()));
        each(FILE_NAME, block, isFirst, isLast, match -> addFileName(match.group()));
        each(WORD, block, isFirst, isLast, match -> names.addWord(match.group()));
        each(VALUE, block, isFirst, isLast, match -> addFingerprint(block, match));
    }

    /// What touches an inner edge of the block may be cut there; the neighbour has it whole.
    private static void each(
            Pattern pattern,
            String block,
            boolean isFirst,
            boolean isLast,
            Consumer<Matcher> found) {
        Matcher matcher = pattern.matcher(block);
        while (matcher.find()) {
            boolean isCut =
                    (!isFirst && matcher.start() == 0)
                            || (!isLast && matcher.end() == block.length());
            if (!isCut) {
                found.accept(matcher);
            }
        }
    }

    private void addFileName(String name) {
        if (DocumentKind.isKnown(DocumentKind.ending(name))) {
            names.addFileName(name);
        }
    }

    private void addFingerprint(String block, Matcher match) {
        String value = match.group(1);
        // All in small letters is a word of the program, not a fingerprint.
        if (value.chars().anyMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) {
            names.addFingerprint(value, companions(block, match.start()));
        }
    }

    private static String companions(String block, int end) {
        Deque<String> nearest = new ArrayDeque<>();
        Matcher matcher = COMPANION.matcher(block).region(Math.max(0, end - COMPANION_CHARS), end);
        while (matcher.find()) {
            nearest.addLast(matcher.group());
            if (nearest.size() > COMPANIONS_MAX) {
                nearest.removeFirst();
            }
        }
        StringBuilder words = new StringBuilder(COMPANION_CHARS);
        for (String word : nearest) {
            words.append(words.isEmpty() ? "" : " ").append(word);
            Matcher number = EXPONENT.matcher(word);
            if (number.matches()) {
                int zeros = Integer.parseInt(number.group(2));
                words.append(' ').append(number.group(1)).append("0".repeat(zeros));
            }
        }
        return words.toString();
    }
}
