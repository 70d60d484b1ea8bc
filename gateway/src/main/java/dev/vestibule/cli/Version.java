package dev.vestibule.cli;

import java.util.Optional;

/// Which release this is.
final class Version {

    private Version() {}

    /// As the jar's manifest says; classes without a jar are of no release.
    static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
