package dev.vestibule.assertion;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.account.Issuer;
import dev.vestibule.audit.Reason;
import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.TrustedHeadersConfig;
import dev.vestibule.http.Headers;
import dev.vestibule.network.Cidr;
import dev.vestibule.oidc.ClaimReader;
import dev.vestibule.oidc.TokenClaims;
import dev.vestibule.oidc.TokenRefused;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// What one proxy says about the person in plain headers. Immutable.
///
/// Attack: anybody who reaches the gateway writes the same headers. They count only from the peers
/// that the operator named, by the other end of the connection: a forwarded address is a header
/// too.
record TrustedHeaders(TrustedHeadersConfig config) {

    /// People are recognised by it and the name in the header; no provider can be called so, since
    /// it is no address.
    static final Issuer ISSUER = new Issuer("vestibule:trusted-headers");

    boolean isFrom(InetAddress peer) {
        return isAmong(config.peers(), peer);
    }

    static boolean isAmong(List<Cidr> networks, InetAddress peer) {
        return networks.stream().anyMatch(network -> network.contains(peer));
    }

    /// Who the headers of a request name. One that is doubtful makes all of them worth nothing.
    ///
    /// Attack: a client adds groups of its own to the proxy's. No groups at all would not do
    /// either: where everybody else has a role, that is more than those of a guest give.
    ///
    /// @param headers of a request that [#isFrom] a named peer
    /// @param now they are said anew with every request
    Named read(Headers headers, Instant now) {
        for (String header : List.of(config.user(), config.name(), config.groups())) {
            if (Shown.in(headers, header) instanceof Shown.Doubtful(var what)) {
                return refused(what);
            }
        }
        return Shown.in(headers, config.user()) instanceof Shown.Once(var user)
                ? named(text(user), headers, now)
                : new Named.Nobody();
    }

    /// Who was named.
    sealed interface Named {

        record Nobody() implements Named {}

        record Somebody(Verdict.Person person) implements Named {}

        record Refused(Reason reason) implements Named {}
    }

    private static Named refused(String what) {
        return new Named.Refused(new Reason.Of(Reason.Family.TRUSTED_HEADERS, what));
    }

    private Named named(String user, Headers headers, Instant now) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("sub", user).put(ClaimPaths.DEFAULTS.username(), user);
        if (Shown.in(headers, config.name()) instanceof Shown.Once(var name)) {
            claims.put(ClaimPaths.DEFAULTS.name(), text(name));
        }
        if (Shown.in(headers, config.groups()) instanceof Shown.Once(var groups)) {
            var listed = claims.putArray(ClaimPaths.DEFAULTS.groups());
            for (String group : text(groups).split(",", -1)) {
                if (!group.isBlank()) {
                    listed.add(group.strip());
                }
            }
        }
        try {
            var _ = TokenClaims.requireSubject(claims);
        } catch (TokenRefused unusable) {
            return refused("user-unusable");
        }
        return new Named.Somebody(
                new Verdict.Person(
                        ClaimReader.identity(ISSUER, ClaimPaths.DEFAULTS, claims, now), now));
    }

    /// Header fields are bytes (RFC 9110 section 5.5), which the door reads as Latin-1; names are
    /// sent in UTF-8 by everybody who sends any.
    private static String text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException otherwise) {
            return value;
        }
    }
}
