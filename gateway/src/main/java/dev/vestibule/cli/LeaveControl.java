package dev.vestibule.cli;

import dev.vestibule.leave.Although;

import java.util.List;

/// What an operator may ask of a running gateway about being taken away. A home is named by its
/// name; empty means all of them.
public interface LeaveControl {

    /// What leaving would do. Changes nothing.
    LeaveReport plan(String home);

    /// Leaves, or goes on with it.
    ///
    /// @param although what is to be no reason to wait
    LeaveReport leave(String home, Although although);

    /// Has the home served again, from the next start on.
    ControlOutcome comeBack(String home);

    /// A sentence for each home that is not served, because it was left or is being left.
    List<String> standing();

    /// What is said, for people to read.
    ///
    /// @param isDone whether all was done that was asked for
    record LeaveReport(List<LeaveSection> sections, boolean isDone) {
        public LeaveReport {
            sections = List.copyOf(sections);
        }
    }

    /// A heading with what belongs to it.
    record LeaveSection(String heading, List<String> lines) {
        public LeaveSection {
            lines = List.copyOf(lines);
        }
    }
}
