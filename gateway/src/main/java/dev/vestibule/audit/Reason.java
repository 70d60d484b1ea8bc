package dev.vestibule.audit;

import java.util.Locale;

/// Why something was refused, or ended: a stable code, which a page turns into a sentence. What
/// implements this is an enum, so that a test can ask each one for its sentence; [Of] alone is not.
public interface Reason {

    /// As the log keeps it.
    String code();

    /// Reasons that have one sentence together, in which the member stands as it is.
    enum Family {
        /// A request for a sign-in that cannot be read; the member is the parameter.
        MALFORMED,
        /// The provider said no; the member is its own word for it.
        PROVIDER,
        /// The word of a proxy in front is not to be believed.
        ASSERTION,
        /// As [#ASSERTION], unsigned.
        TRUSTED_HEADERS,
        /// Home Assistant lets somebody in no further.
        HOME,
        PASSKEY,
        /// Home Assistant does not deactivate a user; the member is its own word for why.
        DEACTIVATION_REFUSED,
        /// A person stays, since nobody could run the home without them; the member is the home.
        LAST_ADMINISTRATOR;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// @param member fit to be logged
    record Of(Family family, String member) implements Reason {

        /// @param member a constant that says what it is
        public static Of constant(Family family, Enum<?> member) {
            return new Of(family, member.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }

        @Override
        public String code() {
            return family.code() + "-" + member;
        }
    }
}
