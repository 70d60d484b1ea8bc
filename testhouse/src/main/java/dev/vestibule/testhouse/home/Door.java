package dev.vestibule.testhouse.home;

import dev.vestibule.testhouse.home.Endpoint.Access;

import io.netty.handler.codec.http.HttpRequest;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// What every request is asked before an endpoint sees it, in the order of the original: does it
/// look like an attack, who forwarded it, is the address banned, whose token is it, what is there.
final class Door {

    /// What the door decides.
    sealed interface Passage {

        record Refused(Answer answer) implements Passage {}

        record Admitted(Endpoint endpoint, HomeRequest request) implements Passage {}
    }

    private static final String BEARER = "Bearer ";

    private final House house;
    private final Endpoints endpoints;
    private final Faults faults;
    private final Forwarding forwarding;
    private final Bans bans;

    Door(House house, Endpoints endpoints, Faults faults, Bans bans) {
        this.house = house;
        this.endpoints = endpoints;
        this.faults = faults;
        this.forwarding = new Forwarding(house.options().areForwardedHeadersTrusted());
        this.bans = bans;
    }

    Passage open(HttpRequest head, InetAddress peer) {
        Optional<Answer> fault = faults.answerFor(head.uri());
        if (fault.isPresent()) {
            return new Passage.Refused(fault.get());
        }
        if (head.decoderResult().isFailure() || SecurityFilter.refuses(head.uri())) {
            return new Passage.Refused(Answer.badRequest());
        }
        Optional<InetAddress> remote = forwarding.remote(head.headers(), peer);
        if (remote.isEmpty()) {
            return new Passage.Refused(Answer.badRequest());
        }
        if (bans.holds(remote.get())) {
            return new Passage.Refused(Answer.forbidden());
        }
        HomeRequest request = HomeRequest.of(head, remote.get());
        return find(recognise(request).map(request::withToken).orElse(request));
    }

    private Optional<RefreshToken> recognise(HomeRequest request) {
        Optional<String> authorization = request.header("Authorization");
        if (authorization.filter(value -> value.startsWith(BEARER)).isPresent()) {
            return house.tokens()
                    .validate(authorization.get().substring(BEARER.length()))
                    .filter(token -> house.refusal(token.user(), request.remote()).isEmpty());
        }
        boolean maySign =
                request.method().equals("GET")
                        || (request.method().equals("HEAD") && house.version().signsHead());
        return maySign && authorization.isEmpty()
                ? house.signer().check(request.path(), request.parameters())
                : Optional.empty();
    }

    private Passage find(HomeRequest request) {
        List<Endpoints.Match> matches = endpoints.find(request.path());
        if (matches.isEmpty()) {
            return new Passage.Refused(Answer.notFound());
        }
        Optional<Endpoints.Match> match =
                matches.stream()
                        .filter(one -> one.endpoint().method().equals(request.method()))
                        .findFirst();
        if (match.isPresent()) {
            return admit(match.get(), request);
        }
        return new Passage.Refused(
                request.method().equals("OPTIONS")
                        ? CrossOrigin.preflight(matches, request)
                        : Answer.text(405, "405: Method Not Allowed")
                                .with("Allow", Endpoints.allow(matches)));
    }

    private Passage admit(Endpoints.Match match, HomeRequest request) {
        if (match.endpoint().access() == Access.TOKEN && request.token().isEmpty()) {
            bans.failed(request.remote());
            return new Passage.Refused(Answer.unauthorized());
        }
        return new Passage.Admitted(match.endpoint(), request.withPathParts(match.parts()));
    }
}
