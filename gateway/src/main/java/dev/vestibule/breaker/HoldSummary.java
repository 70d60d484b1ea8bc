package dev.vestibule.breaker;

import java.time.Instant;
import java.util.List;

/// A source that is held, or allowed to go on, as the list shows it.
///
/// @param source see [Source]
/// @param endsAt when the hold, or the permission, ends by itself
/// @param waiting how many would have lost their access, and stay for now
/// @param examples the user names of some of them, first those who were held first
/// @param gone how many have lost it within the window
/// @param people how many the source had when it was held; 0 where it never was
public record HoldSummary(
        String source,
        boolean isAllowed,
        Instant beganAt,
        Instant endsAt,
        int waiting,
        List<String> examples,
        int gone,
        int people) {

    public HoldSummary {
        examples = List.copyOf(examples);
    }
}
