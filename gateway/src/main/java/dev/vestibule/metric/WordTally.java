package dev.vestibule.metric;

import io.micrometer.core.instrument.Counter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Counts by words of ours that no single enum has, such as the reasons why requests are refused.
/// The first [#WORDS_MAX] of them are told apart and all others are `other`, so that a word that
/// was somebody else's after all does no harm. Safe to share between threads.
public final class WordTally {

    static final int WORDS_MAX = 128;

    private static final String OTHER = "other";

    private final Function<String, Counter> counters;
    private final Map<String, Counter> known = new ConcurrentHashMap<>();
    private final Counter other;

    WordTally(Function<String, Counter> counters) {
        this.counters = counters;
        this.other = counters.apply(OTHER);
    }

    /// Tells the word apart from now on, before it was ever counted.
    public void expect(String word) {
        var _ = learn(word);
    }

    public void add(String word) {
        Counter counter = known.get(word);
        (counter == null ? learn(word) : counter).increment();
    }

    private synchronized Counter learn(String word) {
        return known.size() < WORDS_MAX || known.containsKey(word)
                ? known.computeIfAbsent(word, counters)
                : other;
    }
}
