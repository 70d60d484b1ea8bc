package dev.vestibule.shell;

import dev.vestibule.shell.ShellStore.Found;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How good a copy is now.
enum Freshness {
    /// Answer with it.
    FRESH,
    /// Answer with it, and ask in the background whether there is a newer one.
    STALE,
    /// Too old to be shown, even when Home Assistant is away.
    EXPIRED;

    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[ ,])max-age=([0-9]{1,9})");
    private static final Duration UNSAID = Duration.ofHours(1);
    private static final Duration MAX = Duration.ofDays(31);

    /// @param changedAt when Home Assistant was last seen to be another one; older copies are stale
    static Freshness of(Found found, Instant changedAt, ShellLimits limits, Instant now) {
        Instant freshUntil = found.validatedAt().plus(lifetime(found.file(), limits));
        if (now.isAfter(freshUntil.plus(limits.staleMax()))) {
            return EXPIRED;
        }
        boolean isOlder = found.validatedAt().isBefore(changedAt);
        return isOlder || now.isAfter(freshUntil) ? STALE : FRESH;
    }

    /// Documents with fixed paths change with every update; files say themselves how long they are
    /// good, as most carry a fingerprint.
    private static Duration lifetime(CachedFile file, ShellLimits limits) {
        if (file.key().path().lastIndexOf('/') == 0) {
            return limits.documentFreshFor();
        }
        Matcher maxAge = MAX_AGE.matcher(file.header("cache-control").orElse(""));
        Duration said =
                maxAge.find() ? Duration.ofSeconds(Long.parseLong(maxAge.group(1))) : UNSAID;
        if (said.compareTo(limits.documentFreshFor()) < 0) {
            return limits.documentFreshFor();
        }
        return said.compareTo(MAX) < 0 ? said : MAX;
    }
}
