package dev.vestibule.gate;

import dev.vestibule.grant.LiveGrant;
import dev.vestibule.policy.AccessDecision;
import dev.vestibule.policy.AccessDecision.Refusal;
import dev.vestibule.policy.AccessRequest;
import dev.vestibule.policy.AccessRequest.Provenance;
import dev.vestibule.policy.Caller;
import dev.vestibule.policy.Credentials;
import dev.vestibule.policy.Route;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.policy.RouteTable;
import dev.vestibule.policy.UpstreamRule.Approach;
import dev.vestibule.proxy.WebhookLearner;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/// How a request is read and what it is taken for, up to the question that the policy is asked: the
/// same for one that came and for one that is only supposed. Safe to share between threads.
///
/// @param homes the configured origins
/// @param webhooks is asked whether a phone may register
record Reception(HeadReader reader, RouteTable routes, Homes homes, WebhookLearner webhooks) {

    HeadReader.Reading read(HttpRequest raw, Peer peer) {
        return reader.read(raw, peer);
    }

    RouteTable.Match find(RequestHead head) {
        return routes.find(head.method(), head.target());
    }

    Approach approach(RequestHead head) {
        return new Approach(head.home(), kind(head), head.peer(), head::headers);
    }

    /// A preflight is of the kind that it asks for; what is nowhere is for nobody.
    private RouteClass kind(RequestHead head) {
        String method =
                Cors.isPreflight(head)
                        ? head.header(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)
                        : head.method();
        return routes.find(method, head.target()) instanceof RouteTable.Match.Found(var route)
                ? route.kind()
                : RouteClass.CLOSED;
    }

    /// What the policy is asked.
    ///
    /// @throws dev.vestibule.http.BadRequest where the query holds a signature and cannot be read
    AccessRequest accessRequest(RequestHead head, Route route) {
        return new AccessRequest(
                head.home(),
                route.kind(),
                head.method(),
                head.target(),
                head.client(),
                head.certificate(),
                Credentials.read(
                        head.header(HttpHeaderNames.AUTHORIZATION),
                        head.header(HttpHeaderNames.COOKIE),
                        head.target(),
                        head.origin().isSecure()),
                provenance(head),
                isNavigation(head));
    }

    Provenance provenance(RequestHead head) {
        String origin = head.header(HttpHeaderNames.ORIGIN);
        if (!origin.isEmpty()) {
            return homes.isOwn(head.home(), origin) ? Provenance.OURS : Provenance.FOREIGN;
        }
        return switch (head.header("sec-fetch-site")) {
            case "same-origin" -> Provenance.OURS;
            case "cross-site", "same-site" -> Provenance.FOREIGN;
            default -> Provenance.UNSAID;
        };
    }

    private static boolean isNavigation(RequestHead head) {
        return head.method().equals("GET")
                && head.header("sec-fetch-mode").equals("navigate")
                && head.header(HttpHeaderNames.ACCEPT).contains("text/html");
    }

    /// Whether whoever may ask may open a websocket, too.
    ///
    /// Attack: a page elsewhere opens one with the cookies of the person in front of it. A browser
    /// always says whose page it is (RFC 6455 section 10.2).
    AccessDecision socket(RequestHead head, Caller caller) {
        boolean isByCookie = caller instanceof Caller.Browser || caller instanceof Caller.View;
        return isByCookie && provenance(head) != Provenance.OURS
                ? new AccessDecision.Refuse(Refusal.FOREIGN_PAGE)
                : new AccessDecision.Allow(caller);
    }

    /// Whether a phone that may ask may register, too. May wait for the database.
    AccessDecision registration(Caller caller, LiveGrant grant) {
        return webhooks.mayRegister(grant)
                ? new AccessDecision.Allow(caller)
                : new AccessDecision.Refuse(Refusal.CLOSED);
    }
}
