package dev.vestibule.policy;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.OpenWebhookConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.connection.Connections;
import dev.vestibule.connection.Crowd;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.policy.AccessDecision.Allow;
import dev.vestibule.policy.AccessDecision.AllowStraight;
import dev.vestibule.policy.AccessDecision.MustAsk;
import dev.vestibule.policy.AccessDecision.Refusal;
import dev.vestibule.policy.AccessDecision.Refuse;
import dev.vestibule.policy.AccessDecision.SignInFirst;
import dev.vestibule.policy.AccessRequest.Provenance;
import dev.vestibule.policy.Callers.Finding;
import dev.vestibule.policy.Callers.Patience;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides what a request may, by the class of its route. The one place: HTTP and websocket ask
/// here. What is not allowed by a line below is refused. Safe to share between threads.
public final class AccessPolicy {

    private final Callers callers;
    private final Knowledge knowledge;
    private final Evidence atOnce;
    private final Evidence byWaiting;
    private final Evidence byLooking;
    private final Crowd crowd;
    private final RefusedSignatures refusedSignatures;
    private final NetworkConfig network;
    private final Map<HomeId, RoutesConfig> homes;

    /// What others know of a home.
    public record Knowledge(CapabilityTokens capabilities, Webhooks webhooks, Places places) {}

    /// @param crowd the connections of callers whom nobody can name
    public AccessPolicy(
            InstantSource time,
            Callers callers,
            Knowledge knowledge,
            Crowd crowd,
            NetworkConfig network,
            Map<HomeId, RoutesConfig> homes) {
        this.callers = callers;
        this.knowledge = knowledge;
        this.refusedSignatures = new RefusedSignatures(time);
        this.crowd = crowd;
        this.network = network;
        this.homes = Map.copyOf(homes);
        IngressSessions ingressSessions = new IngressSessions();
        this.atOnce = new DoorEvidence(callers, knowledge, ingressSessions, Patience.NONE);
        this.byWaiting = new DoorEvidence(callers, knowledge, ingressSessions, Patience.WAITS);
        this.byLooking = new DoorEvidence(callers, knowledge, ingressSessions, Patience.LOOKS);
    }

    /// Decides without waiting; [AccessDecision.MustAsk] where that is not possible.
    public AccessDecision decide(AccessRequest request) {
        return judged(request, atOnce);
    }

    /// Decides, asking the database or Home Assistant where need be. Never gives
    /// [AccessDecision.MustAsk].
    public AccessDecision judge(AccessRequest request) {
        return judged(request, byWaiting);
    }

    /// As [#judge], for whoever wants to know how a request would be judged: nothing counts as
    /// used, nothing is taken over or written down, and Home Assistant is not asked. Gives
    /// [AccessDecision.MustAsk] where only Home Assistant could say. May wait for the database.
    public AccessDecision rehearse(AccessRequest request, AsSomebody somebody) {
        return judged(request, new SupposedEvidence(byLooking, somebody));
    }

    private AccessDecision judged(AccessRequest request, Evidence evidence) {
        AccessDecision decision = narrowed(request, decide(request, evidence), evidence);
        return request.kind() == RouteClass.INGRESS
                ? ofOwner(request, decision, evidence)
                : decision;
    }

    /// Last of all: whoever may not use an add-on's session must not become its owner by trying.
    private static AccessDecision ofOwner(
            AccessRequest request, AccessDecision decision, Evidence evidence) {
        return decision instanceof Allow(var caller)
                        && !evidence.isOwnIngressSession(request, user(caller))
                ? new Refuse(Refusal.FOREIGN_INGRESS_SESSION)
                : decision;
    }

    /// What holds for a person whatever they ask for. Whoever may not come in gets the copy of the
    /// shell as everybody does, where the operator left it open.
    private AccessDecision narrowed(
            AccessRequest request, AccessDecision decision, Evidence evidence) {
        if (!(decision instanceof Allow(var caller))) {
            return decision;
        }
        AccessDecision narrowed =
                caller.isHeld()
                        ? new Refuse(Refusal.UNJUDGEABLE)
                        : caller.account()
                                .map(account -> inPlace(request, decision, account, evidence))
                                .orElse(decision);
        return narrowed instanceof Refuse && isForEverybody(request)
                ? new Allow(new Caller.Anonymous())
                : narrowed;
    }

    private boolean isForEverybody(AccessRequest request) {
        return request.kind() == RouteClass.SHELL
                && switch (routes(request).shell()) {
                    case CACHED, OPEN -> true;
                    case SESSION -> false;
                };
    }

    /// Some accounts may be used in certain places only.
    private AccessDecision inPlace(
            AccessRequest request, AccessDecision decision, AccountId account, Evidence evidence) {
        return evidence.place(request, account)
                .map(
                        verdict ->
                                switch (verdict) {
                                    case HERE -> decision;
                                    case NOT_AT_HOME -> new Refuse(Refusal.NOT_AT_HOME);
                                    case NOT_AT_ITS_PLACE -> new Refuse(Refusal.NOT_AT_ITS_PLACE);
                                    case UNKNOWN -> new Refuse(Refusal.UNJUDGEABLE);
                                })
                .orElseGet(MustAsk::new);
    }

    /// Home Assistant did not accept the signature of an address that named a live grant.
    public void signatureRefused(ClientAddress client) {
        refusedSignatures.add(client);
    }

    /// Home Assistant did not accept an access token that was believed to live. Never waits.
    public void tokenRefused(String accessToken) {
        callers.tokenRefused(accessToken);
    }

    private AccessDecision decide(AccessRequest request, Evidence evidence) {
        return switch (request.kind()) {
            case OWN, ENDPOINT, SOCKET -> new Allow(new Caller.Anonymous());
            case SHELL -> shell(request, evidence);
            case TOKEN -> token(request, evidence);
            case SIGNED -> signature(request, evidence, AccessPolicy::nothingShown);
            case CAPABILITY -> capability(request, evidence);
            case WEBHOOK -> webhook(request, evidence);
            case PUBLIC_FILES -> publicFiles(request, evidence);
            case INGRESS -> ingress(request, evidence);
            case VOICE -> settle(evidence.byToken(request), AccessPolicy::nothingShown);
            case SESSION -> session(request, evidence);
            case CLOSED -> new Refuse(Refusal.CLOSED);
        };
    }

    private AccessDecision shell(AccessRequest request, Evidence evidence) {
        return switch (routes(request).shell()) {
            case CACHED -> copy(evidence.byCookies(request));
            case OPEN -> new AllowStraight();
            case SESSION -> session(request, evidence);
        };
    }

    /// The copy is for everybody; who is known gets those files too that no document names.
    private static AccessDecision copy(Finding finding) {
        return switch (finding) {
            case Finding.Known(var caller) -> new Allow(caller);
            case Finding.MustAsk() -> new MustAsk();
            case Finding.Nobody(), Finding.Dead(), Finding.Stranger(), Finding.Unjudgeable() ->
                    new Allow(new Caller.Anonymous());
        };
    }

    private AccessDecision token(AccessRequest request, Evidence evidence) {
        return settle(
                evidence.byToken(request),
                () -> signature(request, evidence, AccessPolicy::nothingShown));
    }

    /// @param otherwise what becomes of a request without a signature
    private AccessDecision signature(
            AccessRequest request, Evidence evidence, Supplier<AccessDecision> otherwise) {
        Finding finding = evidence.bySignature(request);
        if (finding instanceof Finding.Known && refusedSignatures.areTooMany(request.client())) {
            return new Refuse(Refusal.UNJUDGEABLE);
        }
        if (finding instanceof Finding.Stranger) {
            // Home Assistant signs media for speakers with a user of its own.
            return network.isLan(request.client()) ? new Allow(new Caller.AtHome()) : dead();
        }
        return settle(finding, otherwise);
    }

    /// Fast credentials first, so that the many requests of a picture board never wait.
    private AccessDecision capability(AccessRequest request, Evidence evidence) {
        return settle(
                evidence.byToken(request),
                () -> signature(request, evidence, () -> capabilityUnsigned(request, evidence)));
    }

    private AccessDecision capabilityUnsigned(AccessRequest request, Evidence evidence) {
        RoutesConfig.Capability openness = routes(request).capability();
        if (openness != RoutesConfig.Capability.OFF) {
            // Before the token is looked up, see Crowd.
            Connections nameless = crowd.present(Caller.share(request.client()));
            if (isUnguessable(request)) {
                return named(evidence.byCookies(request), nameless);
            }
        }
        if (openness == RoutesConfig.Capability.LAN && network.isLan(request.client())) {
            return new Allow(new Caller.AtHome());
        }
        return cookies(request, evidence, AccessPolicy::nothingShown);
    }

    /// Whoever can be named is, so that what they watch ends with their access.
    private static AccessDecision named(Finding finding, Connections nameless) {
        return switch (finding) {
            case Finding.Known(var caller) -> new Allow(caller);
            case Finding.MustAsk() -> new MustAsk();
            case Finding.Nobody(), Finding.Dead(), Finding.Stranger(), Finding.Unjudgeable() ->
                    new Allow(new Caller.UnguessableAddress(nameless));
        };
    }

    private boolean isUnguessable(AccessRequest request) {
        return request.isRead()
                && CapabilityAddress.read(request.target())
                        .filter(
                                address ->
                                        knowledge
                                                .capabilities()
                                                .isKnown(
                                                        request.home(),
                                                        address.kind(),
                                                        address.id(),
                                                        address.token()))
                        .isPresent();
    }

    /// `/api/webhook/{id}`: whoever knows the id of an active person's phone speaks for it, and
    /// others are open where the operator lists them.
    private AccessDecision webhook(AccessRequest request, Evidence evidence) {
        String id = request.target().segments().getLast();
        Optional<OpenWebhookConfig> listed = listed(request, id);
        if (listed.isPresent()) {
            return isOpen(listed.get(), request)
                    ? new Allow(new Caller.ListedWebhook())
                    : new Refuse(Refusal.UNKNOWN_WEBHOOK);
        }
        // Before the webhook is judged, see Webhooks.
        Connections callers = knowledge.webhooks().callers(request.home(), id);
        return evidence.webhook(request.home(), id)
                .map(judgement -> webhook(judgement, callers))
                .orElseGet(MustAsk::new);
    }

    private static AccessDecision webhook(Webhooks.Judgement judgement, Connections callers) {
        return switch (judgement) {
            case OPEN -> new Allow(new Caller.Webhook(callers));
            case GONE -> new Refuse(Refusal.GONE_WEBHOOK);
            case REFUSED -> new Refuse(Refusal.UNKNOWN_WEBHOOK);
            case UNJUDGEABLE -> new Refuse(Refusal.UNJUDGEABLE);
        };
    }

    /// Compared in constant time: an id is as good as a password.
    private Optional<OpenWebhookConfig> listed(AccessRequest request, String id) {
        byte[] shown = id.getBytes(StandardCharsets.UTF_8);
        return routes(request).webhooks().stream()
                .filter(
                        webhook ->
                                MessageDigest.isEqual(
                                        shown,
                                        webhook.id().reveal().getBytes(StandardCharsets.UTF_8)))
                .findFirst();
    }

    private boolean isOpen(OpenWebhookConfig webhook, AccessRequest request) {
        boolean mayCome =
                switch (webhook.from()) {
                    case ANYWHERE -> true;
                    case LAN -> network.isLan(request.client());
                };
        return mayCome && webhook.methods().contains(request.method());
    }

    private AccessDecision publicFiles(AccessRequest request, Evidence evidence) {
        if (routes(request).publicFiles() == RoutesConfig.PublicFiles.OPEN) {
            return new Allow(new Caller.Anonymous());
        }
        if (network.isLan(request.client())) {
            return new Allow(new Caller.AtHome());
        }
        return settle(
                evidence.byToken(request),
                () ->
                        signature(
                                request,
                                evidence,
                                () -> cookies(request, evidence, AccessPolicy::nothingShown)));
    }

    /// Home Assistant's ingress cookie opens the add-on; ours says that a person of this house is
    /// using it. A stolen ingress cookie alone opens nothing.
    private AccessDecision ingress(AccessRequest request, Evidence evidence) {
        String ingressSession = request.credentials().ingressSession();
        if (ingressSession.isEmpty()) {
            return nothingShown();
        }
        if (!request.isRead() && request.provenance() == Provenance.FOREIGN) {
            return new Refuse(Refusal.FOREIGN_PAGE);
        }
        return cookies(request, evidence, AccessPolicy::nothingShown);
    }

    private static Object user(Caller caller) {
        return caller.account().<Object>map(account -> account).orElse(caller);
    }

    private AccessDecision session(AccessRequest request, Evidence evidence) {
        return cookies(
                request,
                evidence,
                () -> request.isNavigation() ? new SignInFirst() : nothingShown());
    }

    private AccessDecision cookies(
            AccessRequest request, Evidence evidence, Supplier<AccessDecision> otherwise) {
        return settle(evidence.byCookies(request), otherwise);
    }

    private static AccessDecision settle(Finding finding, Supplier<AccessDecision> otherwise) {
        return switch (finding) {
            case Finding.Known(var caller) -> new Allow(caller);
            case Finding.Nobody() -> otherwise.get();
            case Finding.Dead(), Finding.Stranger() -> dead();
            case Finding.Unjudgeable() -> new Refuse(Refusal.UNJUDGEABLE);
            case Finding.MustAsk() -> new MustAsk();
        };
    }

    private static AccessDecision nothingShown() {
        return new Refuse(Refusal.NO_CREDENTIAL);
    }

    private static AccessDecision dead() {
        return new Refuse(Refusal.DEAD_CREDENTIAL);
    }

    private RoutesConfig routes(AccessRequest request) {
        RoutesConfig routes = homes.get(request.home());
        if (routes == null) {
            throw new IllegalStateException("no routes for home " + request.home());
        }
        return routes;
    }
}
