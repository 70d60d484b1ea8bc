package dev.vestibule.resource;

import java.util.Arrays;
import java.util.Optional;

/// How a filter compares (RFC 7644 section 3.4.2.2, table 3); `pr` compares nothing and stands
/// apart.
enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    GE,
    LT,
    LE;

    static Optional<Operator> of(String word) {
        return Arrays.stream(values())
                .filter(operator -> operator.name().equalsIgnoreCase(word))
                .findFirst();
    }

    boolean isOrdering() {
        return switch (this) {
            case GT, GE, LT, LE -> true;
            case EQ, NE, CO, SW, EW -> false;
        };
    }

    /// Whether a comparison came out as this operator demands.
    ///
    /// @param order negative, zero or positive as in [Comparable]
    boolean holdsFor(int order) {
        return switch (this) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case CO, SW, EW -> false;
        };
    }

    boolean holdsFor(String actual, String wanted) {
        return switch (this) {
            case CO -> actual.contains(wanted);
            case SW -> actual.startsWith(wanted);
            case EW -> actual.endsWith(wanted);
            case EQ, NE, GT, GE, LT, LE -> holdsFor(actual.compareTo(wanted));
        };
    }
}
