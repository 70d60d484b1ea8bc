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

    static Freshness of(Found found, ShellLimits limits, Instant now) {
        Duration lifetime = lifetime(found.file(), limits);
        if (now.isAfter(found.validatedAt().plus(lifetime).plus(limits.staleMax()))) {
            return EXPIRED;
        }
        return found.isCurrent() && isWithin(found.validatedAt(), lifetime, now) ? FRESH : STALE;
    }

    /// Whether a time span that began then is still running. A clock that was ahead and has been
    /// put right shows a beginning in the future; that span is over, not endless.
    static boolean isWithin(Instant begin, Duration length, Instant now) {
        return !now.isBefore(begin) && now.isBefore(begin.plus(length));
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
