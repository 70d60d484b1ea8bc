package dev.vestibule.socket;

import dev.vestibule.socket.CommandScanner.Found;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Changes and removes elements of a JSON array in its text, front to back, and leaves every other
/// byte as it came but for the commas. Used once.
final class ArrayRewriter {

    private final byte[] array;
    private final ByteArrayOutputStream result;
    private int copied;
    private boolean isEmpty = true;

    /// @param array text whose first value is an array, and which has been read as JSON before
    ArrayRewriter(byte[] array) {
        this.array = array;
        this.result = new ByteArrayOutputStream(array.length);
        result.write('[');
        this.copied = indexOf('[', 0) + 1;
    }

    void replace(Found element, byte[] other) {
        copyUpTo(element.from());
        add(other, 0, other.length);
        copied = element.to();
    }

    void remove(Found element) {
        copyUpTo(element.from());
        copied = element.to();
    }

    /// The array as it is now; empty where nothing is left in it.
    Optional<byte[]> finish() {
        int end = array.length - 1;
        while (array[end] != ']') {
            end--;
        }
        copyUpTo(end);
        if (isEmpty) {
            return Optional.empty();
        }
        result.write(']');
        return Optional.of(result.toByteArray());
    }

    /// Between two elements stand blanks and one comma, which is written anew where it is needed.
    private void copyUpTo(int index) {
        int from = copied;
        int to = index;
        while (from < to && isGap(array[from])) {
            from++;
        }
        while (to > from && isGap(array[to - 1])) {
            to--;
        }
        add(array, from, to);
    }

    private void add(byte[] bytes, int from, int to) {
        if (from == to) {
            return;
        }
        if (!isEmpty) {
            result.write(',');
        }
        isEmpty = false;
        result.write(bytes, from, to - from);
    }

    private static boolean isGap(byte b) {
        return b == ',' || b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private int indexOf(char c, int from) {
        int at = from;
        while (array[at] != c) {
            at++;
        }
        return at;
    }
}
