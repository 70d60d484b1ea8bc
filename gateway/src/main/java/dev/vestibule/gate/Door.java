package dev.vestibule.gate;

import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.audit.WayIn;
import dev.vestibule.grant.LiveGrant;
import dev.vestibule.http.BadRequest;
import dev.vestibule.http.Guard;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Response;
import dev.vestibule.log.RequestScope;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.policy.AccessDecision;
import dev.vestibule.policy.AccessDecision.Refusal;
import dev.vestibule.policy.AccessPolicy;
import dev.vestibule.policy.AccessRequest;
import dev.vestibule.policy.AccessRequest.Provenance;
import dev.vestibule.policy.Caller;
import dev.vestibule.policy.Credentials;
import dev.vestibule.policy.Route;
import dev.vestibule.policy.Route.Action;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.policy.RouteTable;
import dev.vestibule.policy.UpstreamRule;
import dev.vestibule.policy.UpstreamRule.Approach;
import dev.vestibule.policy.UpstreamRule.Finding;
import dev.vestibule.proxy.Downstream;
import dev.vestibule.proxy.Exchange;
import dev.vestibule.proxy.ProxyRequest;
import dev.vestibule.proxy.RegistrationWatch;
import dev.vestibule.proxy.SocketRequest.SocketKind;
import dev.vestibule.proxy.WebhookLearner;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/// Takes each request through the same steps: read, route, decide, act. One for all connections,
/// and safe to share between them; the steps run on the connection's event loop, and what must wait
/// hops to a virtual thread once.
public final class Door {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private static final String UNREADABLE = "unreadable-request";

    /// Of all bodies that are taken in for handlers of ours.
    private static final int BODIES_BYTES_MAX = 16 * 1024 * 1024;

    private final InstantSource time;
    private final Reception reception;
    private final AccessPolicy policy;
    private final Passage passage;
    private final Inside inside;
    private final Asking asking;
    private final HeldBytes bodies = new HeldBytes(BODIES_BYTES_MAX);

    /// What answers inside the house.
    ///
    /// @param homes the configured origins
    /// @param upstream what is demanded of the way to the door
    /// @param signInFirst sends a browser to the sign-in and back to where it wanted to go
    /// @param webhooks is asked about each phone that registers, and told of its webhook
    /// @param refusals hears of everything that is refused
    /// @param meters counts everything
    /// @param workers runs what waits
    public record Inside(
            Homes homes,
            UpstreamRule upstream,
            Handler signInFirst,
            WebhookLearner webhooks,
            RequestRefusals refusals,
            RequestMeters meters,
            Workers workers) {}

    public Door(
            InstantSource time,
            HeadReader reader,
            RouteTable routes,
            AccessPolicy policy,
            Passage passage,
            Inside inside) {
        this.time = time;
        this.reception = new Reception(reader, routes, inside.homes(), inside.webhooks());
        this.policy = policy;
        this.passage = passage;
        this.inside = inside;
        this.asking = new Asking(inside.workers());
    }

    /// The same steps for requests that nobody made.
    public Rehearsal rehearsal() {
        return new Rehearsal(reception, passage::isLeft, inside.upstream(), policy);
    }

    /// Whether a peer is a listed proxy, which speaks for many clients.
    boolean isProxy(InetAddress peer) {
        return reception.reader().isProxy(peer);
    }

    /// How many bytes of bodies may still be taken in.
    int bodyBytesLeft() {
        return bodies.left();
    }

    Instant now() {
        return time.instant();
    }

    RequestMeters meters() {
        return inside.meters();
    }

    /// A request under way: its connection, its head and its route.
    private record Visit(ClientConnection connection, RequestHead head, Route route) {

        void answer(Response response) {
            connection.answer(head, response);
        }

        Channel channel() {
            return connection.channel();
        }
    }

    /// Called for what came and is no request, so that nothing else is known of it.
    void malformed(InetAddress peer) {
        inside.refusals().refused(UNREADABLE, "nowhere", "none", new ClientAddress.Unknown(peer));
    }

    /// Called for each request with its head; the body follows.
    void enter(ClientConnection connection, HttpRequest raw, Peer peer) {
        switch (reception.read(raw, peer)) {
            case HeadReader.Reading.Refused(var status, var sentence) -> {
                inside.refusals()
                        .refused(
                                UNREADABLE,
                                "nowhere",
                                "none",
                                reception.reader().addressOf(raw, peer.address()));
                connection.refuseAndClose(status, sentence);
            }
            case HeadReader.Reading.Whole(var head) -> {
                RequestIds.put(connection.channel(), head.id());
                RequestScope.run(head.id(), () -> approach(connection, head));
            }
        }
    }

    private void approach(ClientConnection connection, RequestHead head) {
        UpstreamRule rule = inside.upstream();
        if (!rule.appliesAt(head.home())) {
            route(connection, head);
            return;
        }
        Approach approach = reception.approach(head);
        Finding finding = rule.decide(approach);
        if (finding == Finding.MUST_ASK) {
            asking.ask(
                    connection,
                    head,
                    Asking.orElse(head, () -> rule.judge(approach), Finding.UNJUDGEABLE),
                    judged -> approached(connection, head, approach.kind(), judged));
        } else {
            approached(connection, head, approach.kind(), finding);
        }
    }

    private void approached(
            ClientConnection connection, RequestHead head, RouteClass kind, Finding finding) {
        switch (finding) {
            case CAME_THROUGH -> route(connection, head);
            case WALKED_AROUND -> refuse(connection, head, kind, Refusal.WALKED_AROUND);
            case UNJUDGEABLE, MUST_ASK -> refuse(connection, head, kind, Refusal.UNJUDGEABLE);
        }
    }

    private void route(ClientConnection connection, RequestHead head) {
        if (Cors.isPreflight(head)) {
            connection.allowForeignPage(head.header(HttpHeaderNames.ORIGIN));
            Response answer = Cors.preflight(head, reception.routes());
            if (answer.status() != 200) {
                connection.allowForeignPage("");
            }
            connection.answer(head, answer);
            return;
        }
        switch (reception.find(head)) {
            case RouteTable.Match.Found(var route) -> visit(new Visit(connection, head, route));
            case RouteTable.Match.OtherMethod(var allowed) ->
                    connection.answer(head, Refusals.otherMethod(head, allowed));
            case RouteTable.Match.Nothing() -> connection.answer(head, Refusals.notFound(head));
        }
    }

    private void visit(Visit visit) {
        visit.connection().isAt(visit.route().kind());
        // Never the path: ids of webhooks and tokens of streams stand in it.
        LOG.debug(
                "event=request request={} method={} route={} client={}",
                visit.head().id(),
                visit.head().method(),
                visit.route().pattern(),
                visit.head().client());
        if (visit.route().isForEverybodysPages()) {
            visit.connection().allowForeignPage(visit.head().header(HttpHeaderNames.ORIGIN));
        }
        if (passage.isLeft(visit.head().home())) {
            refuse(visit, Refusal.HOUSE_LEFT);
            return;
        }
        AccessRequest request;
        AccessDecision decision;
        try {
            request = reception.accessRequest(visit.head(), visit.route());
            decision = policy.decide(request);
        } catch (BadRequest bad) {
            visit.answer(Refusals.unreadable(visit.head(), String.valueOf(bad.getMessage())));
            return;
        }
        if (decision instanceof AccessDecision.MustAsk) {
            ask(visit, request);
        } else {
            act(visit, decision);
        }
    }

    private void ask(Visit visit, AccessRequest request) {
        AccessDecision denied = new AccessDecision.Refuse(Refusal.UNJUDGEABLE);
        asking.ask(
                visit.connection(),
                visit.head(),
                Asking.orElse(visit.head(), () -> policy.judge(request), denied),
                decision -> act(visit, decision));
    }

    private void act(Visit visit, AccessDecision decision) {
        switch (decision) {
            case AccessDecision.Allow(var caller) -> allow(visit, caller);
            case AccessDecision.AllowStraight() -> allowStraight(visit);
            case AccessDecision.SignInFirst() -> answerHere(visit, inside.signInFirst());
            case AccessDecision.Refuse(var refusal) -> refuse(visit, refusal);
            case AccessDecision.MustAsk() -> refuse(visit, Refusal.UNJUDGEABLE);
        }
    }

    private void refuse(Visit visit, Refusal refusal) {
        refuse(visit.connection(), visit.head(), visit.route().kind(), refusal);
    }

    private void refuse(
            ClientConnection connection, RequestHead head, RouteClass kind, Refusal refusal) {
        connection.isAt(kind);
        if (refusal == Refusal.DEAD_CREDENTIAL && isWrongToken(head)) {
            inside.refusals()
                    .failed(WayIn.TOKEN, refusal.code(), kind.code(), head.id(), head.client());
        } else {
            inside.refusals().refused(refusal.code(), kind.code(), head.id(), head.client());
        }
        connection.answer(head, Refusals.of(refusal, head));
    }

    /// A signature in an address, or a cookie, can be in a picture of anybody's page, or be old.
    private boolean isWrongToken(RequestHead head) {
        return !head.header(HttpHeaderNames.AUTHORIZATION).isEmpty()
                && reception.provenance(head) != Provenance.FOREIGN;
    }

    private void allowStraight(Visit visit) {
        if (visit.route().action() instanceof Action.AnswerFromCopy copy && copy.mayPass()) {
            forward(visit, new Caller.Anonymous());
        } else {
            allow(visit, new Caller.Anonymous());
        }
    }

    private void allow(Visit visit, Caller caller) {
        switch (visit.route().action()) {
            case Action.Answer(var handler) -> answerHere(visit, handler);
            case Action.AnswerKnown(var guard, var handler) -> answerKnown(visit, guard, handler);
            case Action.AnswerFromCopy(var anybody, var signedIn, _) ->
                    answerHere(
                            visit,
                            withBrowserId(
                                    visit.head(),
                                    caller instanceof Caller.Anonymous ? anybody : signedIn));
            case Action.Forward() -> forwardOrOpen(visit, caller);
            case Action.ForwardRegistration() -> forwardRegistration(visit, caller);
            case Action.Socket() -> open(visit, new SocketKind.HomeAssistant());
            case Action.Deny() -> refuse(visit, Refusal.CLOSED);
        }
    }

    /// Gives a browser its id together with the page, which then is for this browser alone (attack:
    /// a cache in between gives one person's id to the next).
    private Handler withBrowserId(RequestHead head, Handler shell) {
        return request -> withBrowserId(head, shell.handle(request));
    }

    private Response withBrowserId(RequestHead head, Response response) {
        boolean isPage =
                response.headers().stream()
                        .anyMatch(
                                header ->
                                        header.name().equalsIgnoreCase("content-type")
                                                && header.value().startsWith("text/html"));
        return isPage
                ? passage.newBrowserCookie(head)
                        .map(cookie -> forThisBrowserAlone(response).with(cookie))
                        .orElse(response)
                : response;
    }

    private static Response forThisBrowserAlone(Response response) {
        boolean isKept =
                response.headers().stream().noneMatch(header -> header.value().equals("no-store"));
        return isKept ? response.replacing("cache-control", "private, no-cache") : response;
    }

    /// The body stays in the socket until it is known who sends it.
    private void answerKnown(Visit visit, Guard guard, Handler handler) {
        if (isSmall(visit.head().body())) {
            answerHere(visit, handler);
            return;
        }
        asking.ask(
                visit.connection(),
                visit.head(),
                () -> OwnAnswers.ask(guard, visit.head(), inside.refusals()),
                refusal ->
                        refusal.ifPresentOrElse(visit::answer, () -> answerHere(visit, handler)));
    }

    private static boolean isSmall(ProxyRequest.Body body) {
        return switch (body) {
            case ProxyRequest.Body.None() -> true;
            case ProxyRequest.Body.Sized(var length) ->
                    length <= Action.AnswerKnown.BODY_OF_ANYBODY;
            case ProxyRequest.Body.Chunked() -> false;
        };
    }

    private void answerHere(Visit visit, Handler handler) {
        RequestHead head = visit.head();
        long max = visit.route().bodyBytesMax();
        if (head.body() instanceof ProxyRequest.Body.Sized(var length) && length > max) {
            visit.answer(Refusals.tooLarge(head));
            return;
        }
        if (head.awaitsContinue()) {
            visit.connection().sayContinue();
        }
        visit.connection()
                .become(
                        new Collecting(
                                max,
                                body -> run(visit, handler, body),
                                () -> visit.answer(Refusals.tooLarge(head)),
                                bodies.by(head.client().accountable()),
                                () -> visit.answer(Refusals.busy(head))));
    }

    private void run(Visit visit, Handler handler, byte[] body) {
        Deciding waiting = new Deciding();
        visit.connection().become(waiting);
        boolean isRunning =
                inside.workers()
                        .run(
                                visit.head(),
                                visit.channel(),
                                () -> {
                                    Response response =
                                            OwnAnswers.run(
                                                    handler, visit.head(), body, inside.refusals());
                                    visit.channel()
                                            .eventLoop()
                                            .execute(
                                                    RequestScope.kept(
                                                            () ->
                                                                    answered(
                                                                            visit, waiting,
                                                                            response)));
                                });
        if (!isRunning) {
            visit.answer(Refusals.busy(visit.head()));
        }
    }

    private static void answered(Visit visit, Deciding waiting, Response response) {
        if (visit.connection().isIn(waiting)) {
            visit.connection().attempt(() -> visit.answer(response));
        } else {
            response.done();
        }
    }

    private void forwardOrOpen(Visit visit, Caller caller) {
        if (Handshake.read(visit.head()) == Handshake.Kind.NONE) {
            forward(visit, caller);
        } else {
            openThrough(visit, caller);
        }
    }

    private void openThrough(Visit visit, Caller caller) {
        if (reception.socket(visit.head(), caller) instanceof AccessDecision.Refuse(var refusal)) {
            refuse(visit, refusal);
        } else {
            open(visit, Passage.through(caller, visit.route().kind()));
        }
    }

    private void open(Visit visit, SocketKind kind) {
        RequestHead head = visit.head();
        switch (Handshake.read(head)) {
            case NONE, INVALID -> visit.answer(Refusals.badHandshake(head));
            case OTHER_VERSION -> visit.answer(Refusals.otherVersion(head));
            case VALID ->
                    visit.connection()
                            .become(
                                    new HandingOver(
                                            visit.connection(),
                                            () ->
                                                    passage.hand(
                                                            visit.channel(),
                                                            head,
                                                            kind,
                                                            reception.provenance(head))));
        }
    }

    private void forward(Visit visit, Caller caller) {
        RouteClass kind = visit.route().kind();
        proxy(
                visit,
                caller,
                client -> passage.prepare(visit.channel(), visit.head(), kind, client));
    }

    private void forwardRegistration(Visit visit, Caller caller) {
        if (!(caller instanceof Caller.Bearer(var grant))) {
            refuse(visit, Refusal.NO_CREDENTIAL);
            return;
        }
        AccessDecision denied = new AccessDecision.Refuse(Refusal.UNJUDGEABLE);
        asking.ask(
                visit.connection(),
                visit.head(),
                Asking.orElse(visit.head(), () -> reception.registration(caller, grant), denied),
                decision -> {
                    if (decision instanceof AccessDecision.Allow) {
                        forwardRegistration(visit, caller, grant);
                    } else {
                        act(visit, decision);
                    }
                });
    }

    /// A phone registers: its answer must be readable for us, so no coding is asked for.
    private void forwardRegistration(Visit visit, Caller caller, LiveGrant grant) {
        HttpHeaders headers = passage.headers(visit.head(), visit.route().kind());
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        proxy(
                visit,
                caller,
                client ->
                        passage.prepare(
                                visit.channel(),
                                visit.head(),
                                headers,
                                new RegistrationWatch(
                                        visit.head().id(),
                                        visit.channel().eventLoop(),
                                        client,
                                        grant,
                                        inside.webhooks())));
    }

    private void proxy(Visit visit, Caller caller, Function<Downstream, Exchange> preparing) {
        Proxying proxying =
                new Proxying(
                        visit.connection(),
                        visit.head(),
                        status -> answered(visit.head(), caller, status),
                        refusal -> refuse(visit, refusal));
        proxying.begin(caller, passage, preparing);
    }

    private void answered(RequestHead head, Caller caller, int status) {
        if (caller instanceof Caller.SignedAddress && (status == 401 || status == 403)) {
            policy.signatureRefused(head.client());
        }
        if (caller instanceof Caller.Bearer && status == 401) {
            policy.tokenRefused(Credentials.bearer(head.header(HttpHeaderNames.AUTHORIZATION)));
        }
    }
}
