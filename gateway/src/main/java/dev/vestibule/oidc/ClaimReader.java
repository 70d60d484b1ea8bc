package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.account.Issuer;
import dev.vestibule.account.Subject;
import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.FreshSignIn;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.foreign.ForeignText;
import dev.vestibule.oidc.ClaimRemark.Kind;
import dev.vestibule.oidc.VerifiedIdentity.ProviderSession;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns the verified claims of one sign-in into a person. Each claim is taken from the ID token if
/// it is there, otherwise from UserInfo; the two are never mixed within one claim, so that groups
/// have one source. What is too long, of another type or unprintable counts as missing and leaves a
/// remark: less is known then, and never more allowed.
public final class ClaimReader {

    static final int GROUPS_MAX = 1000;
    static final int GROUP_LENGTH_MAX = 256;
    private static final int TEXT_LENGTH_MAX = 255;
    private static final int PICTURE_LENGTH_MAX = 2048;
    private static final int AMR_MAX = 32;

    private final ObjectNode idToken;
    private final ObjectNode userInfo;
    private final ClaimPaths paths;
    private final List<ClaimRemark> remarks = new ArrayList<>();

    private ClaimReader(ObjectNode idToken, ObjectNode userInfo, ClaimPaths paths) {
        this.idToken = idToken;
        this.userInfo = userInfo;
        this.paths = paths;
    }

    /// @param idToken verified claims, with a checked `sub`
    /// @param userInfo claims whose `sub` is the same, or an empty object
    /// @param authTime as [AuthTime] knows it
    static VerifiedIdentity identity(
            OpenIdProviderConfig config,
            ObjectNode idToken,
            ObjectNode userInfo,
            Instant authTime,
            LivenessProof proof) {
        ClaimReader reader = new ClaimReader(idToken, userInfo, config.claims());
        return reader.identity(
                new Issuer(config.issuer().toString()),
                reader.exactly(config.scim().claim()).orElse(""),
                authTime,
                proof);
    }

    /// A person for whom a proxy in front vouches. Nobody can be asked about them later, and no
    /// directory calls them anything.
    ///
    /// @param claims verified, with a checked `sub`
    public static VerifiedIdentity identity(
            Issuer issuer, ClaimPaths paths, ObjectNode claims, Instant now) {
        return new ClaimReader(claims, claims.objectNode(), paths)
                .identity(
                        issuer,
                        "",
                        AuthTime.of(FreshSignIn.AUTH_TIME, claims, Prompt.AS_NEEDED, now),
                        new LivenessProof.NotOffered());
    }

    private VerifiedIdentity identity(
            Issuer issuer, String directoryKey, Instant authTime, LivenessProof proof) {
        String sub = idToken.path("sub").asText();
        String username = text(paths.username()).orElse(sub);
        String displayName = text(paths.name()).orElse(username);
        return new VerifiedIdentity(
                new Subject(issuer, sub),
                username,
                displayName,
                picture(),
                email(),
                directoryKey,
                groups(),
                authTime,
                providerSession(),
                idToken.path("acr").asText(),
                amr(),
                proof,
                remarks);
    }

    /// The groups alone, from one source.
    static Set<String> groups(OpenIdProviderConfig config, ObjectNode claims) {
        ObjectNode nothing = claims.objectNode();
        return new ClaimReader(claims, nothing, config.claims()).groups();
    }

    /// Whether a sign-in asks UserInfo, too, where the provider has it.
    static boolean wantsUserInfo(OpenIdProviderConfig config, ObjectNode idToken) {
        return switch (config.userInfo()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case WHEN_CLAIMS_ARE_MISSING -> lacksClaims(config.claims(), idToken);
        };
    }

    /// Whether the ID token lacks something that UserInfo may know. A portrait alone is not worth a
    /// sign-in that fails when UserInfo does.
    private static boolean lacksClaims(ClaimPaths paths, ObjectNode idToken) {
        return List.of(paths.username(), paths.name(), paths.groups()).stream()
                .anyMatch(path -> ClaimPath.find(idToken, path).isEmpty());
    }

    private Optional<JsonNode> find(String path) {
        return ClaimPath.find(idToken, path).or(() -> ClaimPath.find(userInfo, path));
    }

    private Optional<String> text(String path) {
        Optional<JsonNode> found = find(path);
        Optional<String> usable = found.filter(JsonNode::isTextual).map(JsonNode::textValue);
        usable = usable.map(String::strip).filter(text -> isUsable(text, TEXT_LENGTH_MAX));
        if (found.isPresent() && usable.isEmpty()) {
            remarks.add(new ClaimRemark(Kind.NOT_A_TEXT, path, TEXT_LENGTH_MAX));
        }
        return usable;
    }

    /// A text that recognises somebody. Attack: one with a space around it is another name at the
    /// provider, and would be the same here.
    private Optional<String> exactly(String path) {
        return text(path)
                .filter(
                        text ->
                                find(path)
                                        .map(JsonNode::textValue)
                                        .filter(text::equals)
                                        .isPresent());
    }

    private static boolean isUsable(String text, int lengthMax) {
        return !text.isBlank() && text.length() <= lengthMax && ForeignText.isPlain(text);
    }

    /// Only https: a picture from anywhere else would mark the page as insecure or run something.
    private String picture() {
        Optional<JsonNode> found = find(paths.picture());
        Optional<String> usable =
                found.filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .filter(text -> isUsable(text, PICTURE_LENGTH_MAX))
                        .filter(ClaimReader::isHttps);
        if (found.isPresent() && usable.isEmpty()) {
            remarks.add(new ClaimRemark(Kind.NO_HTTPS, paths.picture()));
        }
        return usable.orElse("");
    }

    /// Without a remark: nothing depends on it.
    private String email() {
        return find("email")
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> isUsable(text, TEXT_LENGTH_MAX))
                .orElse("");
    }

    private static boolean isHttps(String text) {
        try {
            URI uri = new URI(text);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    /// A list of texts, or one text, which is one group: `admins,users` is a strange name and not
    /// two groups.
    private Set<String> groups() {
        Optional<JsonNode> found = find(paths.groups());
        if (found.isEmpty()) {
            noteOverage();
            return Set.of();
        }
        JsonNode claim = found.get();
        if (claim.isTextual()) {
            return groups(List.of(claim));
        }
        if (!claim.isArray()) {
            remarks.add(new ClaimRemark(Kind.NO_LIST, paths.groups()));
            return Set.of();
        }
        if (claim.size() > GROUPS_MAX) {
            remarks.add(new ClaimRemark(Kind.TOO_MANY, paths.groups(), GROUPS_MAX));
            return Set.of();
        }
        return groups(claim);
    }

    private Set<String> groups(Iterable<JsonNode> entries) {
        Set<String> groups = new LinkedHashSet<>();
        int ignored = 0;
        for (JsonNode entry : entries) {
            if (entry.isTextual() && isUsable(entry.textValue(), GROUP_LENGTH_MAX)) {
                groups.add(entry.textValue());
            } else {
                ignored++;
            }
        }
        if (ignored > 0) {
            remarks.add(new ClaimRemark(Kind.IGNORED, paths.groups(), ignored));
        }
        return groups;
    }

    /// OIDC Core section 5.6.2: Entra names a place to fetch many groups from instead of the
    /// groups.
    private void noteOverage() {
        if (idToken.path("_claim_names").has(paths.groups())) {
            remarks.add(new ClaimRemark(Kind.LEFT_OUT, paths.groups()));
        }
    }

    private ProviderSession providerSession() {
        JsonNode sid = idToken.path("sid");
        return sid.isTextual() && isUsable(sid.textValue(), TEXT_LENGTH_MAX)
                ? new ProviderSession.Known(sid.textValue())
                : new ProviderSession.NotTold();
    }

    private Set<String> amr() {
        Set<String> methods = new LinkedHashSet<>();
        for (JsonNode method : idToken.path("amr")) {
            if (method.isTextual()
                    && isUsable(method.textValue(), TEXT_LENGTH_MAX)
                    && methods.size() < AMR_MAX) {
                methods.add(method.textValue());
            }
        }
        return methods;
    }
}
