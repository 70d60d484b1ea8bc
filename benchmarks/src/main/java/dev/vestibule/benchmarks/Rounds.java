package dev.vestibule.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// The turns of the gateway and of another, taken one after the other, so that what else the
/// machine does meets both. A ratio is made within a round, and the rounds' ratios have a median.
record Rounds(List<Turn> gateway, List<Turn> other) {

    Rounds {
        gateway = List.copyOf(gateway);
        other = List.copyOf(other);
        if (gateway.size() != other.size()) {
            throw new IllegalArgumentException("a round has a turn of each");
        }
    }

    /// Who begins changes from round to round.
    static Rounds take(
            int count, Contender gateway, Contender other, Function<Contender, Turn> turn) {
        List<Turn> ours = new ArrayList<>();
        List<Turn> theirs = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            if (round % 2 == 0) {
                ours.add(turn.apply(gateway));
                theirs.add(turn.apply(other));
            } else {
                theirs.add(turn.apply(other));
                ours.add(turn.apply(gateway));
            }
        }
        return new Rounds(ours, theirs);
    }

    Spread gateway(ToDoubleFunction<Turn> figure) {
        return spread(gateway, figure);
    }

    Spread other(ToDoubleFunction<Turn> figure) {
        return spread(other, figure);
    }

    private static Spread spread(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        return Spread.of(turns.stream().map(figure::applyAsDouble).toList());
    }

    /// The gateway's figure divided by the other's.
    Spread ratio(ToDoubleFunction<Turn> figure) {
        return Spread.of(
                IntStream.range(0, gateway.size())
                        .mapToObj(
                                round ->
                                        figure.applyAsDouble(gateway.get(round))
                                                / figure.applyAsDouble(other.get(round)))
                        .toList());
    }

    /// What was measured, the gateway's, the other's and the ratio, for a [Table].
    List<String> row(String name, ToDoubleFunction<Turn> figure, int decimals) {
        return List.of(
                name,
                gateway(figure).text(decimals),
                other(figure).text(decimals),
                ratio(figure).text(2));
    }
}
