package dev.vestibule.audit;

import dev.vestibule.metric.Meters;
import dev.vestibule.metric.PairTally;
import dev.vestibule.metric.Timing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Counts what the audit log tells of sign-ins, and of how soon Home Assistant agrees that somebody
/// is out. Safe to share between threads; never waits.
final class SignInMeters {

    private static final List<Duration> AGREED_WITHIN =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1));

    private final PairTally<Way, Outcome> signIns;
    private final Timing convergence;

    /// A [WayIn], or none: a program was turned away before anybody tried one.
    private enum Way {
        LOCAL,
        SECOND_FACTOR,
        PROVIDER,
        ASSERTION,
        PASSKEY,
        HAND_OFF,
        KIOSK,
        BREAK_GLASS,
        SCIM,
        TOKEN,
        OTHER;

        static Way of(String code) {
            String name = code.toUpperCase(Locale.ROOT).replace('-', '_');
            return Stream.of(values())
                    .filter(way -> way.name().equals(name))
                    .findFirst()
                    .orElse(OTHER);
        }
    }

    /// What came of it.
    private enum Outcome {
        DONE,
        /// Who it was is known, or nothing was shown, and nobody comes in.
        REFUSED,
        /// What was shown is wrong.
        FAILED
    }

    SignInMeters(Meters meters) {
        this.signIns =
                meters.tally(
                        "vestibule.sign.ins",
                        "Sign-ins by how, and by what came of them",
                        Map.entry("way", Way.class),
                        Map.entry("outcome", Outcome.class));
        this.convergence =
                meters.timing(
                        "vestibule.convergence",
                        "Time from when somebody is out here until Home Assistant agrees",
                        AGREED_WITHIN);
    }

    void count(AuditEvent event) {
        if (event instanceof AuditEvent.SignedIn in) {
            signIns.add(Way.of(in.way()), Outcome.DONE);
        } else if (event instanceof AuditEvent.SignInRefused refused) {
            signIns.add(Way.of(refused.way()), Outcome.REFUSED);
        } else if (event instanceof AuditEvent.AuthenticationFailed failed) {
            signIns.add(Way.of(failed.way()), Outcome.FAILED);
        } else if (event instanceof AuditEvent.Converged agreed) {
            convergence.record(Duration.ofMillis(agreed.millis()));
        }
    }
}
