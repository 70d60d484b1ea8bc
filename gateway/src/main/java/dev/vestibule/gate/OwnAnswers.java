package dev.vestibule.gate;

import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.homeassistant.HomeAssistantUnavailable;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.store.DatabaseUnavailable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs handlers of ours, and turns what goes wrong in them into answers. Safe to share between
/// threads.
final class OwnAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(OwnAnswers.class);

    private OwnAnswers() {}

    /// Blocking; on a virtual thread.
    static Response run(Handler handler, RequestHead head, byte[] body, RequestRefusals refusals) {
        Request request =
                new Request(
                        head.id(),
                        head.home(),
                        head.origin(),
                        head.method(),
                        head.target(),
                        head.headers(),
                        head.client(),
                        body);
        try {
            return handler.handle(request);
        } catch (BadRequest bad) {
            return Refusals.unreadable(head, String.valueOf(bad.getMessage()));
        } catch (HomeAssistantUnavailable | DatabaseUnavailable away) {
            // Anybody can ask as often as they like while something is away.
            LOG.debug("event=outside-away request={} cause={}", head.id(), away.getMessage());
            refusals.refused("outside-away", "own", head.id(), head.client());
            return Refusals.away(head);
        } catch (Exception bug) {
            LOG.error("event=request-failed request={}", head.id(), bug);
            return Refusals.failed(head);
        }
    }
}
