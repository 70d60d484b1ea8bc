package dev.vestibule.admission;

import dev.vestibule.config.Role;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What would become of somebody whom we know if they proved who they are now.
public sealed interface Prospect {

    /// Of several, the one that opens most; empty where there is none.
    static Optional<Prospect> mostOpen(List<Prospect> prospects) {
        return prospects.stream().min(Comparator.comparingInt(Prospect::distance));
    }

    private int distance() {
        return switch (this) {
            case In _ -> 0;
            case InAsGroupsSay() -> 1;
            case InWhereGroupsSay() -> 2;
            case Out _ -> 3;
            case SomebodyElse() -> 4;
            case NotKnownThere() -> 5;
        };
    }

    /// Whether they come in, if need be by what is told of them then.
    default boolean isIn() {
        return switch (this) {
            case In _, InAsGroupsSay _, InWhereGroupsSay _ -> true;
            case Out _, SomebodyElse _, NotKnownThere _ -> false;
        };
    }

    /// They come in, with this role.
    record In(Role role) implements Prospect {}

    /// They come in, whatever groups are told of them then; what they may depends on those.
    record InAsGroupsSay() implements Prospect {}

    /// They come in where the groups that are told of them then give a role.
    record InWhereGroupsSay() implements Prospect {}

    /// Nobody has come by this word as them, and nobody is expected to.
    record NotKnownThere() implements Prospect {}

    /// It would be an account of somebody else.
    record SomebodyElse() implements Prospect {}

    /// They stay out.
    record Out(Why why) implements Prospect {}

    /// Why somebody stays out.
    enum Why {
        SUSPENDED,
        /// The providers that vouched for them do so no longer.
        LAPSED,
        NO_ROLE,
        /// Only whom an identity system sent comes in, and none sent them.
        NOT_SENT,
        /// Somebody switched their user off in Home Assistant.
        SWITCHED_OFF,
        /// It proves nobody, or nobody who may come so.
        UNKNOWN
    }
}
