package dev.vestibule.leave;

/// What would hold a leaving up, and is to be no reason this time.
///
/// @param peopleComeBack people can come in again whom only the gateway keeps out
/// @param departuresAreHeld people keep their access who were to lose it, because nobody has
///   decided yet whether they are to
public record Although(boolean peopleComeBack, boolean departuresAreHeld) {

    public static final Although NOTHING = new Although(false, false);
}
