package dev.vestibule.gate;

import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Guard;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.Supplier;

/// Runs handlers of ours, and turns what goes wrong in them into answers. Safe to share between
/// threads.
final class OwnAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(OwnAnswers.class);

    private OwnAnswers() {}

    /// Blocking; on a virtual thread. A page that cannot be written is as much a bug as a handler
    /// that fails.
    static Response run(Handler handler, RequestHead head, byte[] body, RequestRefusals refusals) {
        return answer(
                        () -> {
                            Response response = handler.handle(request(head, body));
                            return Optional.of(response.inLanguageOf(head.headers()));
                        },
                        head,
                        refusals)
                .orElseThrow();
    }

    /// As [#run], before the body is here.
    static Optional<Response> ask(Guard guard, RequestHead head, RequestRefusals refusals) {
        return answer(() -> guard.refusal(request(head, new byte[0])), head, refusals);
    }

    private static Request request(RequestHead head, byte[] body) {
        return new Request(
                head.id(),
                head.home(),
                head.origin(),
                head.method(),
                head.target(),
                head.headers(),
                head.client(),
                head.certificate(),
                head.peer(),
                body);
    }

    private static Optional<Response> answer(
            Supplier<Optional<Response>> ours, RequestHead head, RequestRefusals refusals) {
        try {
            return ours.get();
        } catch (BadRequest bad) {
            return Optional.of(Refusals.unreadable(head, String.valueOf(bad.getMessage())));
        } catch (HomeAssistantUnavailable | DatabaseUnavailable away) {
            // Anybody can ask as often as they like while something is away.
            LOG.debug("event=outside-away request={} cause={}", head.id(), away.getMessage());
            refusals.refused("outside-away", "own", head.id(), head.client());
            return Optional.of(Refusals.away(head));
        } catch (Exception bug) {
            LOG.error("event=request-failed request={}", head.id(), bug);
            return Optional.of(Refusals.failed(head));
        }
    }
}
