package dev.vestibule.passkey;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.passkey.AuthenticationCeremony.Prover;
import dev.vestibule.secret.Secrets;
import dev.vestibule.visit.Browser;
import dev.vestibule.visit.OriginCheck;
import dev.vestibule.visit.Visitor;

import java.util.Optional;

/// `POST /auth/vestibule/passkey/request-options`: what our script asks an authenticator for that
/// is to prove who somebody is.
final class RequestOptionsHandler implements Handler {

    private final Secrets secrets;
    private final PasskeySites sites;
    private final AuthenticationCeremony ceremony;
    private final AddressLimiter limiter;

    RequestOptionsHandler(
            Secrets secrets,
            PasskeySites sites,
            AuthenticationCeremony ceremony,
            AddressLimiter limiter) {
        this.secrets = secrets;
        this.sites = sites;
        this.ceremony = ceremony;
        this.limiter = limiter;
    }

    @Override
    public Response handle(Request request) {
        Visitor visitor = Visitor.of(request);
        Optional<PasskeySite> site = sites.at(visitor);
        if (site.isEmpty()) {
            return OptionsAnswers.refused(request, 404, text("passkey.options.refused"));
        }
        if (!OriginCheck.isOwn(visitor)) {
            return OptionsAnswers.refused(request, 403, text("passkey.options.refused"));
        }
        if (!limiter.tryTake(visitor.client())) {
            return OptionsAnswers.tooMany(request);
        }
        Browser browser = Browser.findOrNew(visitor, secrets);
        return ceremony.begin(site.get(), new Prover(browser.hash(), visitor.address()))
                .map(
                        options ->
                                Response.json(200, options)
                                        .with(browser.cookie(visitor.isSecure())))
                .orElseGet(() -> OptionsAnswers.tooMany(request));
    }
}
