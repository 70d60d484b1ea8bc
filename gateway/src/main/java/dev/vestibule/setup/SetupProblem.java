package dev.vestibule.setup;

/// What is wrong, for the operator.
///
/// @param detail what was found, in English and without secrets; the empty text where the flaw says
///   it all
public record SetupProblem(Flaw flaw, String detail) {

    /// In English: what is wrong and what to do.
    public String sentence() {
        return flaw.sentence(detail);
    }

    @Override
    public String toString() {
        return sentence();
    }
}
