package dev.vestibule.doctor;

import dev.vestibule.config.HomeConfig;
import dev.vestibule.doctor.Finding.Fine;
import dev.vestibule.doctor.Finding.Hint;
import dev.vestibule.doctor.Finding.Wrong;
import dev.vestibule.homeassistant.ForwardedHeaders;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.homeassistant.HomeAssistantStatus;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Home Assistant as a gateway meets it: whether it answers, takes the token, is new enough and
/// takes the visitor's address.
final class HomeAssistantCheck implements Check {

    private static final Duration WAIT_MAX = Duration.ofSeconds(45);

    private final InstantSource time;
    private final HomeConfig home;

    HomeAssistantCheck(InstantSource time, HomeConfig home) {
        this.time = time;
        this.home = home;
    }

    @Override
    public List<Finding> look() {
        try (HomeAssistant tie = new HomeAssistant(time, home.homeAssistant())) {
            tie.start();
            return judge(tie.awaitFirstAttempt(WAIT_MAX), tie.forwarded());
        }
    }

    private List<Finding> judge(HomeAssistantStatus status, ForwardedHeaders forwarded) {
        return switch (status) {
            case HomeAssistantStatus.Connected(var version, _) ->
                    List.of(
                            new Fine(
                                    where(),
                                    version + " answers and takes the token of an administrator"),
                            forwarding(forwarded));
            case HomeAssistantStatus.Connecting() ->
                    wrong(Cause.HOME_ASSISTANT_UNREACHABLE, "It did not answer in time.");
            case HomeAssistantStatus.Away(var reason, _) ->
                    wrong(
                            Cause.HOME_ASSISTANT_UNREACHABLE,
                            reason + ", asked at " + home.homeAssistant().url() + ".");
            case HomeAssistantStatus.TokenRefused() ->
                    wrong(Cause.TOKEN_REFUSED, "It refuses the gateway's token.");
            case HomeAssistantStatus.NotAdministrator() ->
                    wrong(
                            Cause.TOKEN_WITHOUT_RIGHTS,
                            "The gateway's token is that of somebody who is no administrator.");
            case HomeAssistantStatus.NotOnboarded() ->
                    wrong(Cause.HOME_ASSISTANT_NOT_SET_UP, "It has no users yet.");
            case HomeAssistantStatus.TooOld(var version) ->
                    wrong(Cause.HOME_ASSISTANT_TOO_OLD, "It is of version " + version + ".");
        };
    }

    private Finding forwarding(ForwardedHeaders forwarded) {
        return switch (forwarded) {
            case ForwardedHeaders.Accepted() ->
                    new Fine(where(), "takes the visitor's address from the gateway");
            case ForwardedHeaders.NotConfigured(), ForwardedHeaders.Unknown() ->
                    new Hint(
                            Cause.FORWARDING,
                            where(),
                            "It refuses X-Forwarded-For, so that everybody seems to come from the"
                                    + " gateway.");
        };
    }

    private List<Finding> wrong(Cause cause, String what) {
        return List.of(new Wrong(cause, where(), what));
    }

    private String where() {
        return "Home Assistant '" + home.name() + "'";
    }
}
