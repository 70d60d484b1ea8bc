package dev.vestibule.doctor;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Wrong;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Whether this machine's clock is that of another one, by the `Date` of any answer. Whoever does
/// not answer, or without a date, is told of elsewhere.
final class ClockCheck implements Check {

    private static final Duration APART_MAX = Duration.ofMinutes(1);

    private final InstantSource time;
    private final String where;
    private final URI address;
    private final List<Path> caFiles;

    private ClockCheck(InstantSource time, String where, URI address, List<Path> caFiles) {
        this.time = time;
        this.where = where;
        this.address = address;
        this.caFiles = List.copyOf(caFiles);
    }

    static ClockCheck of(InstantSource time, OpenIdProviderConfig provider) {
        return new ClockCheck(
                time,
                "clock of provider '" + provider.id() + "'",
                provider.issuer(),
                provider.caFiles());
    }

    static ClockCheck of(InstantSource time, HomeConfig home) {
        return new ClockCheck(
                time,
                "clock of Home Assistant '" + home.name() + "'",
                home.homeAssistant().url().resolve("/manifest.json"),
                home.homeAssistant().caFiles());
    }

    @Override
    public List<Finding> look() {
        return switch (Glance.at(address, caFiles)) {
            case Glance.Answered answer ->
                    List.of(
                            answer.date()
                                    .map(this::judge)
                                    .orElseGet(() -> new Fine(where, "is not told")));
            case Glance.Distrusted _, Glance.Unreached _ -> List.of(new Fine(where, "not asked"));
        };
    }

    private Finding judge(Instant there) {
        Instant here = time.instant();
        Duration apart = Duration.between(there, here).abs();
        return apart.compareTo(APART_MAX) > 0
                ? new Wrong(
                        Cause.CLOCK, where, "It says " + there + ", and this machine " + here + ".")
                : new Fine(where, "the same");
    }
}
