package dev.vestibule.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody probably meant to write.
final class Spelling {

    private static final int LENGTH_MAX = 64;

    private Spelling() {}

    /// The nearest of the known words, if it is near enough. Case and underscores do not count.
    static Optional<String> nearest(String written, Collection<String> known) {
        if (written.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String plain = written.toLowerCase(Locale.ROOT).replace('_', '-');
        return known.stream()
                .filter(word -> distance(plain, word) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> distance(plain, word)));
    }

    /// How many letters must be added, removed, changed or swapped with their neighbour.
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int step(int[][] cost, String from, String to, int i, int j) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best =
                Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        boolean isSwapped =
                i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
        return isSwapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
