package dev.vestibule.gate;

import dev.vestibule.config.HomeId;
import dev.vestibule.explain.Rehearsed;
import dev.vestibule.explain.Rehearsed.Heard;
import dev.vestibule.explain.Rehearsed.InFront;
import dev.vestibule.explain.Rehearsed.Outcome;
import dev.vestibule.explain.Rehearsed.Unreadable;
import dev.vestibule.explain.SupposedRequest;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.policy.AccessDecision;
import dev.vestibule.policy.AccessDecision.Refusal;
import dev.vestibule.policy.AccessPolicy;
import dev.vestibule.policy.AccessRequest;
import dev.vestibule.policy.AsSomebody;
import dev.vestibule.policy.Caller;
import dev.vestibule.policy.Route;
import dev.vestibule.policy.Route.Action;
import dev.vestibule.policy.RouteTable;
import dev.vestibule.policy.UpstreamRule;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Takes a request that nobody made through the steps of [Door], up to the decision. Nothing is
/// done, logged, counted or used up by it. Safe to share between threads; may wait for the
/// database.
public final class Rehearsal {

    /// What HTTP lets a method be called, as far as ours go.
    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");

    /// Of a handshake in good form (RFC 6455 section 4.1); the example of section 1.3.
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final Reception reception;
    private final Predicate<HomeId> isLeft;
    private final UpstreamRule upstream;
    private final AccessPolicy policy;

    Rehearsal(
            Reception reception,
            Predicate<HomeId> isLeft,
            UpstreamRule upstream,
            AccessPolicy policy) {
        this.reception = reception;
        this.isLeft = isLeft;
        this.upstream = upstream;
        this.policy = policy;
    }

    /// @param somebody in whose name the request is supposed to come to a home
    public Rehearsed rehearse(SupposedRequest supposed, Function<HomeId, AsSomebody> somebody) {
        if (!METHOD.matcher(supposed.method()).matches()) {
            return new Unreadable(405, "This method is not served.");
        }
        try {
            // The decoder in front of the door takes no other targets either.
            RequestTarget.parse(supposed.target());
        } catch (BadRequest bad) {
            return new Unreadable(400, String.valueOf(bad.getMessage()));
        }
        Peer peer = new Peer(supposed.from(), ClientCertificate.NONE);
        return switch (reception.read(bare(supposed), peer)) {
            case HeadReader.Reading.Refused(var status, var sentence) ->
                    new Unreadable(status, sentence);
            case HeadReader.Reading.Whole(var head) -> {
                AsSomebody who = somebody.apply(head.home());
                yield approach(whole(head, supposed, who), supposed, who);
            }
        };
    }

    private static HttpRequest bare(SupposedRequest supposed) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.HOST, supposed.host());
        if (!supposed.page().isEmpty()) {
            headers.set(HttpHeaderNames.ORIGIN, supposed.page());
        }
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(supposed.method()),
                supposed.target(),
                headers);
    }

    /// With what whoever makes such a request would send besides: a program its token, a browser
    /// that it opens a page, and an add-on's page the session that its person was given.
    private static RequestHead whole(
            RequestHead head, SupposedRequest supposed, AsSomebody somebody) {
        HttpHeaders headers = head.raw().headers();
        String token = supposed.accessToken().reveal();
        if (!token.isEmpty()) {
            headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
        }
        if (supposed.isSocket()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
            headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_KEY, KEY);
        } else if (token.isEmpty() && head.method().equals("GET")) {
            headers.set("sec-fetch-mode", "navigate");
            headers.set(HttpHeaderNames.ACCEPT, "text/html");
        }
        if (!(somebody instanceof AsSomebody.AsShown)) {
            headers.set(HttpHeaderNames.COOKIE, "ingress_session=supposed");
        }
        return head;
    }

    private Rehearsed approach(RequestHead head, SupposedRequest supposed, AsSomebody somebody) {
        if (!upstream.appliesAt(head.home())) {
            return heard(head, InFront.NOT_DEMANDED, outcome(head, somebody));
        }
        UpstreamRule.Approach approach = reception.approach(head);
        return switch (upstream.decide(approach)) {
            case CAME_THROUGH -> heard(head, InFront.NOT_OF_THIS, outcome(head, somebody));
            case WALKED_AROUND, UNJUDGEABLE, MUST_ASK ->
                    heard(
                            head,
                            InFront.SUPPOSED,
                            supposed.isAroundTheProxy()
                                    ? new Outcome.WalkedAround(approach.kind())
                                    : outcome(head, somebody));
        };
    }

    private static Heard heard(RequestHead head, InFront inFront, Outcome outcome) {
        return new Heard(
                head.home(),
                head.origin(),
                head.target(),
                head.method(),
                head.client(),
                inFront,
                outcome);
    }

    private Outcome outcome(RequestHead head, AsSomebody somebody) {
        return switch (reception.find(head)) {
            case RouteTable.Match.Found(var route) -> judged(head, route, somebody);
            case RouteTable.Match.OtherMethod(var allowed) -> new Outcome.OtherMethod(allowed);
            case RouteTable.Match.Nothing() -> new Outcome.NoSuchPath();
        };
    }

    private Outcome judged(RequestHead head, Route route, AsSomebody somebody) {
        if (isLeft.test(head.home())) {
            return new Outcome.Judged(route, new AccessDecision.Refuse(Refusal.HOUSE_LEFT));
        }
        try {
            AccessRequest request = reception.accessRequest(head, route);
            AccessDecision decision = policy.rehearse(request, somebody);
            return new Outcome.Judged(route, allTheWay(head, route, decision));
        } catch (BadRequest bad) {
            return new Outcome.UnreadableQuery(route, String.valueOf(bad.getMessage()));
        }
    }

    /// A phone that registers, and whoever opens a websocket, are asked for more than the policy
    /// asks.
    private AccessDecision allTheWay(RequestHead head, Route route, AccessDecision decision) {
        if (!(decision instanceof AccessDecision.Allow(var caller))) {
            return decision;
        }
        return switch (route.action()) {
            case Action.ForwardRegistration() ->
                    caller instanceof Caller.Bearer(var grant)
                            ? reception.registration(caller, grant)
                            : new AccessDecision.Refuse(Refusal.NO_CREDENTIAL);
            case Action.Forward() ->
                    Handshake.read(head) == Handshake.Kind.NONE
                            ? decision
                            : reception.socket(head, caller);
            case Action.Answer _,
                    Action.AnswerKnown _,
                    Action.AnswerFromCopy _,
                    Action.Socket _,
                    Action.Deny _ ->
                    decision;
        };
    }
}
