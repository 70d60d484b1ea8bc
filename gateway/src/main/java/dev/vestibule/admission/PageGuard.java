package dev.vestibule.admission;

import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.oidc.OpenIdProviderMisconfigured;
import dev.vestibule.oidc.OpenIdProviderUnavailable;
import dev.vestibule.store.DatabaseUnavailable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the outside's failures into pages that say what to do. The cause stands in the log under
/// the page's reference number.
public record PageGuard(Handler inner) implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(PageGuard.class);

    @Override
    public Response handle(Request request) {
        try {
            return inner.handle(request);
        } catch (BadRequest unreadable) {
            return AdmissionPages.badRequest(request.id());
        } catch (OpenIdProviderUnavailable away) {
            log(request, "provider-away", away.getMessage());
            return AdmissionPages.providerAway(request.id());
        } catch (OpenIdProviderMisconfigured wrong) {
            log(request, "provider-misconfigured", wrong.getMessage());
            return AdmissionPages.providerMisconfigured(request.id());
        } catch (DatabaseUnavailable away) {
            log(request, "database-away", away.getMessage());
            return AdmissionPages.databaseAway(request.id());
        }
    }

    private static void log(Request request, String event, @Nullable String reason) {
        LOG.warn("event={} request={} reason=\"{}\"", event, request.id(), reason);
    }
}
