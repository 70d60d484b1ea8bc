package dev.vestibule.visit;

import dev.vestibule.config.Origin;

import java.util.List;
import java.util.Optional;

/// Whether a posted form comes from a page of ours (attack: a form on another site). Browsers on
/// https and loopback say so in `Sec-Fetch-Site`, which no page can forge; elsewhere `Origin` must
/// name the origin that was asked. Neither is a refusal.
public final class OriginCheck {

    private OriginCheck() {}

    public static boolean isOwn(Visitor visitor) {
        List<String> site = visitor.headers().all("sec-fetch-site");
        if (!site.isEmpty()) {
            return site.equals(List.of("same-origin"));
        }
        List<String> origin = visitor.headers().all("origin");
        return origin.size() == 1
                && Origin.parse(origin.getFirst()).equals(Optional.of(visitor.origin()));
    }

    /// Whether a browser says that a page of another site sent it. Programs say nothing.
    public static boolean isForeign(Visitor visitor) {
        return (!visitor.headers().all("sec-fetch-site").isEmpty()
                        || !visitor.headers().all("origin").isEmpty())
                && !isOwn(visitor);
    }
}
