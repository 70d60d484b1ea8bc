package dev.vestibule.leave;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What came of leaving a home.
public sealed interface LeaveResult {

    /// Nothing of the gateway is left there.
    ///
    /// @param people what became of everybody
    /// @param logins the file with the new logins; empty where nobody got one
    /// @param isTokenGone whether the gateway's own token opens nothing any more; else it is to be
    ///   removed by hand
    record Left(List<Leaver> people, Optional<Path> logins, boolean isTokenGone)
            implements LeaveResult {
        public Left {
            people = List.copyOf(people);
        }
    }

    /// All was done before.
    ///
    /// @param logins the file with the logins of then, where it is still there
    record LeftBefore(boolean isTokenGone, Optional<Path> logins) implements LeaveResult {}

    /// It has begun and is not done. The home is shut; calling again goes on.
    ///
    /// @param reason for the operator
    record NotYet(String reason) implements LeaveResult {}

    /// People whom only the gateway keeps out would come in again. This call changed nothing.
    record WouldComeBack(List<Leaver> people) implements LeaveResult {
        public WouldComeBack {
            people = List.copyOf(people);
        }
    }

    /// People were to lose their access, and nobody has decided yet whether they are to: they would
    /// keep it for good. This call changed nothing.
    record Undecided(List<Leaver> people) implements LeaveResult {
        public Undecided {
            people = List.copyOf(people);
        }
    }

    /// Nobody could run the house afterwards. This call changed nothing.
    record NobodyCouldRunIt() implements LeaveResult {}

    /// Another command is at it.
    record Busy() implements LeaveResult {}
}
