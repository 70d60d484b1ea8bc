package dev.vestibule.setup;

import dev.vestibule.config.Origin;
import dev.vestibule.homeassistant.FirstVisit;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Judges the two addresses of a home: Home Assistant's, and the one that people open.
public final class SetupAddresses {

    private static final int PORT_MAX = 65_535;

    private SetupAddresses() {}

    /// Looks whether Home Assistant answers there; waits for it.
    public static Judged<Origin> homeAssistant(String answer) {
        Optional<Origin> origin = parse(answer);
        if (origin.isEmpty()) {
            return Judged.unfit(Flaw.HOME_ASSISTANT_UNREADABLE);
        }
        try (FirstVisit visit = visit(origin.get())) {
            return switch (visit.look()) {
                case HOME_ASSISTANT -> Judged.fits(origin.get());
                case NOT_ONBOARDED -> Judged.unfit(Flaw.HOME_ASSISTANT_NOT_SET_UP);
                case SOMETHING_ELSE -> Judged.unfit(Flaw.NOT_HOME_ASSISTANT);
            };
        } catch (HomeAssistantUnavailable away) {
            return Judged.unfit(Flaw.HOME_ASSISTANT_AWAY, away.reason());
        }
    }

    /// A talk to a Home Assistant that was judged. The caller closes it.
    public static FirstVisit visit(Origin homeAssistant) {
        return new FirstVisit(URI.create(homeAssistant.toString()), List.of());
    }

    public static Judged<Origin> publicUrl(String answer, Origin homeAssistant) {
        Optional<Origin> origin = parse(answer);
        if (origin.isEmpty()) {
            return Judged.unfit(Flaw.PUBLIC_URL_UNREADABLE);
        }
        if (isTaken(origin.get(), homeAssistant)) {
            return Judged.unfit(Flaw.PUBLIC_URL_IS_HOME_ASSISTANTS);
        }
        return origin.filter(SetupAddresses::isSafe)
                .map(Judged::fits)
                .orElseGet(() -> Judged.unfit(Flaw.PUBLIC_URL_UNSAFE));
    }

    /// Home Assistant listens on every address of its machine, however this one is spelt.
    private static boolean isTaken(Origin publicUrl, Origin homeAssistant) {
        return publicUrl.equals(homeAssistant)
                || (publicUrl.isLoopback()
                        && homeAssistant.isLoopback()
                        && publicUrl.port() == homeAssistant.port());
    }

    private static Optional<Origin> parse(String answer) {
        return Origin.parse(answer.strip())
                .filter(origin -> origin.port() > 0 && origin.port() <= PORT_MAX);
    }

    /// Plain http only where nobody is on the way.
    static boolean isSafe(Origin origin) {
        return origin.isSecure() || origin.isLoopback();
    }
}
