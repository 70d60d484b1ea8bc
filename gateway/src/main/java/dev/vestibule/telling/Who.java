package dev.vestibule.telling;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.Reason;
import dev.vestibule.audit.RefusalReason;
import dev.vestibule.audit.WayIn;

import java.util.Set;

/// What the field `who` of an attempt is. The way or the reason says it, never the text itself,
/// which a stranger may have chosen.
///
/// Attack: a client whose id is `ada`, or the id of Ada's account, is refused, and the log seems to
/// say that Ada was.
enum Who {
    /// The id of an account, where it has the shape of one: our own code knew whose it was.
    ACCOUNT,
    /// What somebody calls themselves, or is called elsewhere.
    NAME,
    /// The id of a client.
    PROGRAM;

    private static final Set<String> OF_PROGRAMS =
            Set.of(RefusalReason.UNKNOWN_CLIENT.code(), RefusalReason.NO_CLIENT_DOCUMENT.code());

    private static final String OF_PASSKEYS = Reason.Family.PASSKEY.code() + "-";

    static Who of(AuditEvent.SignInRefused event) {
        if (OF_PROGRAMS.contains(event.reason())) {
            return PROGRAM;
        }
        return event.reason().startsWith(OF_PASSKEYS)
                        || event.reason().equals(RefusalReason.TOO_MANY_CODES.code())
                ? ACCOUNT
                : NAME;
    }

    static Who of(AuditEvent.AuthenticationFailed event) {
        if (event.way().equals(WayIn.HAND_OFF.code())) {
            return PROGRAM;
        }
        return event.way().equals(WayIn.PASSKEY.code())
                        || event.way().equals(WayIn.SECOND_FACTOR.code())
                ? ACCOUNT
                : NAME;
    }
}
