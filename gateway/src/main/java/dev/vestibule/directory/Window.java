package dev.vestibule.directory;

/// Which of the resources that are found are on the page. Used by one thread; over several
/// searches, where the page goes on through them.
public final class Window {

    private long skip;
    private int room;
    private long total;

    /// @param skip how many are left out before the page
    /// @param count how many the page has at most
    public Window(long skip, int count) {
        this.skip = skip;
        this.room = count;
    }

    /// Counts one that was found.
    ///
    /// @return whether it is on the page
    boolean admit() {
        total++;
        if (skip > 0) {
            skip--;
            return false;
        }
        if (room > 0) {
            room--;
            return true;
        }
        return false;
    }

    /// Counts those that are known to be there without a look at them.
    ///
    /// @return how many of them come before the page
    long pass(int count) {
        long passed = Math.min(skip, count);
        total += count;
        skip -= passed;
        return passed;
    }

    /// Takes one of those that have been counted.
    ///
    /// @return whether it is on the page
    boolean take() {
        if (room > 0) {
            room--;
            return true;
        }
        return false;
    }

    boolean isFull() {
        return room == 0;
    }

    /// No more is taken.
    void close() {
        room = 0;
    }

    /// How many were found, on the page and beside it.
    public long total() {
        return total;
    }
}
