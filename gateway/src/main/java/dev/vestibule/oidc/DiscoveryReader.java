package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.foreign.ForeignText;
import dev.vestibule.oidc.Discovery.Extra;

import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Fetches a provider's discovery document and holds it against the configuration.
final class DiscoveryReader {

    static final int BYTES_MAX = 256 * 1024;

    private final OpenIdProviderConfig config;
    private final ProviderHttp http;
    private final ProviderAddress addresses;
    private final Set<SignatureAlgorithm> allowed;

    /// @throws OpenIdProviderMisconfigured where the configuration names an unknown algorithm
    DiscoveryReader(OpenIdProviderConfig config, ProviderHttp http, ProviderAddress addresses) {
        this.config = config;
        this.http = http;
        this.addresses = addresses;
        this.allowed = allowedBy(config);
    }

    private static Set<SignatureAlgorithm> allowedBy(OpenIdProviderConfig config) {
        Set<SignatureAlgorithm> allowed = EnumSet.noneOf(SignatureAlgorithm.class);
        for (String name : config.algorithms()) {
            allowed.add(
                    SignatureAlgorithm.named(name)
                            .filter(SignatureAlgorithm::isAsymmetric)
                            .orElseThrow(
                                    () ->
                                            new OpenIdProviderMisconfigured(
                                                    "The provider "
                                                            + config.id()
                                                            + " lists the algorithm "
                                                            + ForeignText.excerpt(name)
                                                            + ", which is not one of ours; none"
                                                            + " and the HS ones never are.")));
        }
        return allowed;
    }

    /// @throws OpenIdProviderUnavailable where the provider does not answer, or not with a document
    /// @throws OpenIdProviderMisconfigured where the document is not the configured provider's, or
    ///   lacks what we need
    Discovery read() {
        URI uri = location();
        return http.get(uri, BYTES_MAX, answer -> read(uri, answer));
    }

    private Discovery read(URI uri, ProviderHttp.Answer answer) {
        if (!answer.isOk()) {
            // Proxies in front of a provider that is down say 404 too, so this may pass by itself.
            throw http.unavailable(
                    uri,
                    "answers "
                            + answer.status()
                            + " instead of its discovery document; if that stays, look at the"
                            + " configured issuer");
        }
        ObjectNode document =
                answer.json().orElseThrow(() -> http.unavailable(uri, "sent no readable document"));
        requireSameIssuer(document);
        return new Discovery(
                required(document, "authorization_endpoint"),
                required(document, "token_endpoint"),
                required(document, "jwks_uri"),
                extras(document),
                algorithms(document),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false),
                document.path("backchannel_logout_supported").asBoolean(false),
                scopes(document.path("scopes_supported")),
                document.path("require_pushed_authorization_requests").asBoolean(false));
    }

    private static Set<String> scopes(JsonNode listed) {
        Set<String> scopes = new HashSet<>();
        listed.forEach(scope -> scopes.add(scope.asText()));
        return scopes;
    }

    /// OIDC Discovery section 4.1: a trailing slash of the issuer is left out before the path.
    private URI location() {
        String issuer = config.issuer().toString();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    /// OIDC Discovery section 4.3: exactly the same, or another provider could lend its document. A
    /// template such as `{tenantid}`, which would let in every tenant, differs too.
    private void requireSameIssuer(ObjectNode document) {
        String told = document.path("issuer").asText();
        if (!document.path("issuer").isTextual() || !told.equals(config.issuer().toString())) {
            throw misconfigured(
                    "calls itself '"
                            + ForeignText.excerpt(told)
                            + "', but the configuration says '"
                            + config.issuer()
                            + "'; they must be the same to the character");
        }
    }

    private URI required(ObjectNode document, String member) {
        JsonNode found = document.path(member);
        if (!found.isTextual()) {
            throw misconfigured("has no " + member + " in its discovery document");
        }
        return addresses.requireUsable(member, found.textValue());
    }

    private Map<Extra, URI> extras(ObjectNode document) {
        Map<Extra, URI> extras = new EnumMap<>(Extra.class);
        for (Extra extra : Extra.values()) {
            if (document.hasNonNull(extra.member())) {
                extras.put(extra, required(document, extra.member()));
            }
        }
        return extras;
    }

    private Set<SignatureAlgorithm> algorithms(ObjectNode document) {
        JsonNode listed = document.path("id_token_signing_alg_values_supported");
        Set<SignatureAlgorithm> common = EnumSet.noneOf(SignatureAlgorithm.class);
        for (JsonNode name : listed) {
            SignatureAlgorithm.named(name.asText())
                    .filter(allowed::contains)
                    .ifPresent(common::add);
        }
        if (common.isEmpty()) {
            throw misconfigured(
                    "signs ID tokens with none of the accepted algorithms "
                            + config.algorithms().stream().sorted().toList());
        }
        return common;
    }

    /// @param what continues the sentence "the provider ..."
    private OpenIdProviderMisconfigured misconfigured(String what) {
        return new OpenIdProviderMisconfigured("The provider " + config.id() + " " + what + ".");
    }
}
