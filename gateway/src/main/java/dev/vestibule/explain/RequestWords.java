package dev.vestibule.explain;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountId;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.NetworkConfig;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.explain.Rehearsed.Heard;
import dev.vestibule.explain.Rehearsed.InFront;
import dev.vestibule.explain.Rehearsed.Outcome;
import dev.vestibule.explain.Rehearsed.Unreadable;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.policy.AccessDecision;
import dev.vestibule.policy.Caller;
import dev.vestibule.policy.Route;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.policy.RoutePattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What is said about a request that the door has rehearsed. Knows no rule: it reads the decision.
/// Ids and tokens that stand in addresses, and queries, are never repeated.
public final class RequestWords {

    /// Where what a pattern leaves open may be an id, a token or a code.
    private static final Set<RouteClass> TELLING =
            Set.of(
                    RouteClass.OWN,
                    RouteClass.CAPABILITY,
                    RouteClass.WEBHOOK,
                    RouteClass.INGRESS,
                    RouteClass.SIGNED);

    private final NetworkConfig network;
    private final Function<AccountId, Optional<Account>> accounts;

    public RequestWords(NetworkConfig network, Function<AccountId, Optional<Account>> accounts) {
        this.network = network;
        this.accounts = accounts;
    }

    /// @param who in whose name at a home, such as `nobody`
    /// @param routes of each home
    public Explanation say(
            Rehearsed rehearsed,
            Function<HomeId, String> who,
            Function<HomeId, RoutesConfig> routes) {
        return switch (rehearsed) {
            case Unreadable(var status, var sentence) -> unreadable(status, sentence);
            case Heard heard -> heard(heard, who.apply(heard.home()), routes.apply(heard.home()));
        };
    }

    private static Explanation unreadable(int status, String sentence) {
        return new Explanation.Draft()
                .say("decision", "refused with " + status + ", before it is asked what it wants")
                .say("because", sentence)
                .advise(UnreadableAdvice.of(status))
                .done();
    }

    private Explanation heard(Heard heard, String who, RoutesConfig routes) {
        Explanation.Draft draft = new Explanation.Draft();
        draft.say("home", heard.home() + ", asked for by " + heard.origin());
        draft.say("from", from(heard.client()));
        draft.say("as", who);
        draft.say("in front", inFront(heard.inFront()));
        return switch (heard.outcome()) {
            case Outcome.Judged(var route, var decision) -> {
                about(draft, heard, route);
                yield decided(draft, new Judgement(heard, route, decision, routes));
            }
            case Outcome.UnreadableQuery(var route, var sentence) -> {
                about(draft, heard, route);
                yield draft.say("decision", "refused with 400")
                        .say("because", sentence)
                        .advise("Write what is odd in the query with percent signs.")
                        .done();
            }
            case Outcome.WalkedAround(var kind) -> walkedAround(draft, heard, kind);
            case Outcome.OtherMethod(var allowed) ->
                    draft.say("request", heard.method() + " (the path is one of the gateway's)")
                            .say("decision", "refused with 405")
                            .say(
                                    "because",
                                    "The path exists, but not with "
                                            + heard.method()
                                            + ". It has "
                                            + String.join(", ", allowed)
                                            + ".")
                            .advise("Ask with another method: --method " + allowed.getFirst())
                            .done();
            case Outcome.NoSuchPath() ->
                    draft.say("decision", "refused with 404")
                            .say("because", "No route covers this path with any method.")
                            .done();
        };
    }

    private static Explanation walkedAround(Explanation.Draft draft, Heard heard, RouteClass kind) {
        return draft.say("class", kind.code() + ": " + ClassWords.meaning(kind))
                .say(
                        "decision",
                        "refused with 403 (" + AccessDecision.Refusal.WALKED_AROUND.code() + ")")
                .say(
                        "because",
                        "Requests to "
                                + heard.home()
                                + " must come through the proxy in front, and this one does not.")
                .advise(
                        "Use the proxy's address, or list the class or the peer:"
                                + " homes[].routes.require-upstream.exempt, .peers")
                .done();
    }

    private String from(ClientAddress client) {
        return switch (client) {
            case ClientAddress.Known(var address) ->
                    address.getHostAddress()
                            + (network.isLan(client)
                                    ? ", in a network that is listed as lan"
                                    : ", in no network that is listed as lan");
            case ClientAddress.Unknown(var peer) ->
                    "unknown: "
                            + peer.getHostAddress()
                            + " is a proxy that you trust, and it names no client";
        };
    }

    private static String inFront(InFront inFront) {
        return switch (inFront) {
            case NOT_DEMANDED -> "";
            case SUPPOSED ->
                    "a proxy is demanded (require-upstream); it is supposed that the request came"
                            + " through it, see --around";
            case NOT_OF_THIS -> "a proxy is demanded (require-upstream), though not for this one";
        };
    }

    private static void about(Explanation.Draft draft, Heard heard, Route route) {
        RouteClass kind = route.kind();
        draft.say("request", heard.method() + " " + path(heard.target(), route))
                .say("class", kind.code() + ": " + ClassWords.meaning(kind))
                .say("route", route.pattern() + " (" + methods(route) + ")")
                .say("body", ClassWords.body(route))
                .say("goes to", ClassWords.goesTo(route.action()))
                .say("counts here", ClassWords.counts(kind));
    }

    private static String methods(Route route) {
        return String.join(", ", new TreeSet<>(route.methods()));
    }

    /// As the door reads it.
    private static String path(RequestTarget target, Route route) {
        String query = target.query().isEmpty() ? "" : " (the query is not repeated)";
        if (!TELLING.contains(route.kind())) {
            return "/" + String.join("/", target.segments()) + query;
        }
        RoutePattern pattern = route.pattern();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < target.segments().size(); i++) {
            String segment = target.segments().get(i);
            boolean isFixed =
                    i < pattern.segments().size() && pattern.segments().get(i).equals(segment);
            shown.add(isFixed ? segment : "[" + segment.length() + " characters]");
        }
        return "/" + String.join("/", shown) + query;
    }

    /// @param routes of the home
    record Judgement(Heard heard, Route route, AccessDecision decision, RoutesConfig routes) {}

    private Explanation decided(Explanation.Draft draft, Judgement judgement) {
        return switch (judgement.decision()) {
            case AccessDecision.Allow(var caller) ->
                    draft.say("decision", "allowed" + caller(caller))
                            .say("because", AllowedWords.because(judgement, caller))
                            .advise(AllowedWords.advice(judgement))
                            .done();
            case AccessDecision.AllowStraight() ->
                    draft.say("decision", "allowed")
                            .say(
                                    "because",
                                    "The front end's files are open to everybody"
                                            + " (homes[].routes.shell: open).")
                            .advise(
                                    "To let the gateway answer from its own copy:"
                                            + " homes[].routes.shell: cached")
                            .done();
            case AccessDecision.SignInFirst() ->
                    draft.say("decision", "sign-in first: the browser is sent to sign in, and back")
                            .say("because", "It is a page for signed-in browsers, and none is.")
                            .advise("Add --as ACCOUNT to see what a signed-in person gets.")
                            .done();
            case AccessDecision.Refuse(var refusal) ->
                    draft.say(
                                    "decision",
                                    "refused with "
                                            + refusal.status()
                                            + " ("
                                            + refusal.code()
                                            + ")")
                            .say("because", RefusalWords.because(refusal, judgement.route().kind()))
                            .advise(RefusalWords.advice(refusal, judgement))
                            .done();
            case AccessDecision.MustAsk() ->
                    draft.say("decision", "Home Assistant decides")
                            .say(
                                    "because",
                                    "The gateway would ask it once, and does not ask for this"
                                            + " answer. If it does not know the token, the request"
                                            + " is refused with 401 (dead-credential).")
                            .advise("vestibule explain --token says what is known of the token.")
                            .done();
        };
    }

    private String caller(Caller caller) {
        return caller.account()
                .map(
                        id ->
                                ", as "
                                        + accounts.apply(id)
                                                .map(Account::username)
                                                .orElse("account " + id))
                .orElse("");
    }
}
