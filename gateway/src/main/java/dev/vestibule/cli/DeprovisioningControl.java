package dev.vestibule.cli;

import java.util.List;

/// What an operator may ask of a running gateway about departures that are held. A source is named
/// as the list has it, or by its name alone where that is one source's only.
public interface DeprovisioningControl {

    List<HoldLine> list();

    /// Lets people leave whom the source sends away, for a while.
    ControlOutcome allow(String source);

    /// Ends a hold without letting anybody leave, or takes a permission back.
    ControlOutcome dismiss(String source);

    /// A hold, or a permission, as the list shows it.
    ///
    /// @param source such as `scim:okta`
    /// @param state `held` or `allowed`
    /// @param since a moment in ISO 8601
    /// @param until a moment in ISO 8601
    /// @param leaving how many would have left, and of how many
    /// @param waiting the user names of some who stay for now
    record HoldLine(
            String source,
            String state,
            String since,
            String until,
            String leaving,
            String waiting) {}
}
