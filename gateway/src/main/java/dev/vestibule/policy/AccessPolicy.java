package dev.vestibule.policy;

import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.OpenWebhookConfig;
import dev.vestibule.config.RoutesConfig;
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
import dev.vestibule.store.DatabaseUnavailable;

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
    private final Crowd crowd;
    private final RefusedSignatures refusedSignatures;
    private final IngressSessions ingressSessions = new IngressSessions();
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
    }

    /// Decides without waiting; [AccessDecision.MustAsk] where that is not possible.
    public AccessDecision decide(AccessRequest request) {
        return narrowed(request, decide(request, Patience.NONE), Patience.NONE);
    }

    /// Decides, asking the database or Home Assistant where need be. Never gives
    /// [AccessDecision.MustAsk].
    public AccessDecision judge(AccessRequest request) {
        return narrowed(request, decide(request, Patience.WAITS), Patience.WAITS);
    }

    /// What holds for a person whatever they ask for. Whoever may not come in gets the copy of the
    /// shell as everybody does, where the operator left it open.
    private AccessDecision narrowed(
            AccessRequest request, AccessDecision decision, Patience patience) {
        if (!(decision instanceof Allow(var caller))) {
            return decision;
        }
        AccessDecision narrowed =
                caller.isHeld()
                        ? new Refuse(Refusal.UNJUDGEABLE)
                        : caller.account()
                                .map(account -> inPlace(request, decision, account, patience))
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
            AccessRequest request, AccessDecision decision, AccountId account, Patience patience) {
        return place(request, account, patience)
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

    private Optional<Places.Verdict> place(
            AccessRequest request, AccountId account, Patience patience) {
        Places places = knowledge.places();
        if (patience == Patience.NONE) {
            return places.known(request.home(), account, presence(request));
        }
        try {
            return Optional.of(places.judge(request.home(), account, presence(request)));
        } catch (DatabaseUnavailable away) {
            return Optional.of(Places.Verdict.UNKNOWN);
        }
    }

    private static Presence presence(AccessRequest request) {
        return new Presence(request.client(), request.certificate());
    }

    /// Home Assistant did not accept the signature of an address that named a live grant.
    public void signatureRefused(ClientAddress client) {
        refusedSignatures.add(client);
    }

    /// Home Assistant did not accept an access token that was believed to live. Never waits.
    public void tokenRefused(String accessToken) {
        callers.tokenRefused(accessToken);
    }

    private AccessDecision decide(AccessRequest request, Patience patience) {
        return switch (request.kind()) {
            case OWN, ENDPOINT, SOCKET -> new Allow(new Caller.Anonymous());
            case SHELL -> shell(request, patience);
            case TOKEN -> token(request, patience);
            case SIGNED -> signature(request, patience, AccessPolicy::nothingShown);
            case CAPABILITY -> capability(request, patience);
            case WEBHOOK -> webhook(request, patience);
            case PUBLIC_FILES -> publicFiles(request, patience);
            case INGRESS -> ingress(request, patience);
            case VOICE -> settle(callers.byToken(request, patience), AccessPolicy::nothingShown);
            case SESSION -> session(request, patience);
            case CLOSED -> new Refuse(Refusal.CLOSED);
        };
    }

    private AccessDecision shell(AccessRequest request, Patience patience) {
        return switch (routes(request).shell()) {
            case CACHED -> copy(callers.byCookies(request, patience));
            case OPEN -> new AllowStraight();
            case SESSION -> session(request, patience);
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

    private AccessDecision token(AccessRequest request, Patience patience) {
        return settle(
                callers.byToken(request, patience),
                () -> signature(request, patience, AccessPolicy::nothingShown));
    }

    /// @param otherwise what becomes of a request without a signature
    private AccessDecision signature(
            AccessRequest request, Patience patience, Supplier<AccessDecision> otherwise) {
        Finding finding = callers.bySignature(request, patience);
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
    private AccessDecision capability(AccessRequest request, Patience patience) {
        return settle(
                callers.byToken(request, patience),
                () -> signature(request, patience, () -> capabilityUnsigned(request, patience)));
    }

    private AccessDecision capabilityUnsigned(AccessRequest request, Patience patience) {
        RoutesConfig.Capability openness = routes(request).capability();
        if (openness != RoutesConfig.Capability.OFF && isUnguessable(request)) {
            return named(callers.byCookies(request, patience));
        }
        if (openness == RoutesConfig.Capability.LAN && network.isLan(request.client())) {
            return new Allow(new Caller.AtHome());
        }
        return cookies(request, patience, AccessPolicy::nothingShown);
    }

    /// Whoever can be named is, so that what they watch ends with their access.
    private AccessDecision named(Finding finding) {
        return switch (finding) {
            case Finding.Known(var caller) -> new Allow(caller);
            case Finding.MustAsk() -> new MustAsk();
            case Finding.Nobody(), Finding.Dead(), Finding.Stranger(), Finding.Unjudgeable() ->
                    new Allow(new Caller.UnguessableAddress(crowd.present()));
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
    private AccessDecision webhook(AccessRequest request, Patience patience) {
        String id = request.target().segments().getLast();
        Optional<OpenWebhookConfig> listed = listed(request, id);
        if (listed.isPresent()) {
            return isOpen(listed.get(), request)
                    ? new Allow(new Caller.Webhook())
                    : new Refuse(Refusal.UNKNOWN_WEBHOOK);
        }
        if (patience == Patience.NONE) {
            return new MustAsk();
        }
        return switch (knowledge.webhooks().judge(request.home(), id)) {
            case OPEN -> new Allow(new Caller.Webhook());
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

    private AccessDecision publicFiles(AccessRequest request, Patience patience) {
        if (routes(request).publicFiles() == RoutesConfig.PublicFiles.OPEN) {
            return new Allow(new Caller.Anonymous());
        }
        if (network.isLan(request.client())) {
            return new Allow(new Caller.AtHome());
        }
        return settle(
                callers.byToken(request, patience),
                () ->
                        signature(
                                request,
                                patience,
                                () -> cookies(request, patience, AccessPolicy::nothingShown)));
    }

    /// Home Assistant's ingress cookie opens the add-on; ours says that a person of this house is
    /// using it. A stolen ingress cookie alone opens nothing.
    private AccessDecision ingress(AccessRequest request, Patience patience) {
        String ingressSession = request.credentials().ingressSession();
        if (ingressSession.isEmpty()) {
            return nothingShown();
        }
        if (!request.isRead() && request.provenance() == Provenance.FOREIGN) {
            return new Refuse(Refusal.FOREIGN_PAGE);
        }
        AccessDecision decision = cookies(request, patience, AccessPolicy::nothingShown);
        return decision instanceof Allow(var caller)
                        && !ingressSessions.isOf(request.home(), ingressSession, user(caller))
                ? new Refuse(Refusal.FOREIGN_INGRESS_SESSION)
                : decision;
    }

    private static Object user(Caller caller) {
        return caller.account().<Object>map(account -> account).orElse(caller);
    }

    private AccessDecision session(AccessRequest request, Patience patience) {
        return cookies(
                request,
                patience,
                () -> request.isNavigation() ? new SignInFirst() : nothingShown());
    }

    private AccessDecision cookies(
            AccessRequest request, Patience patience, Supplier<AccessDecision> otherwise) {
        return settle(callers.byCookies(request, patience), otherwise);
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
