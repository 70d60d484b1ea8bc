package dev.vestibule.telling;

import static dev.vestibule.http.Messages.text;

import dev.vestibule.audit.WayIn;
import dev.vestibule.config.Role;
import dev.vestibule.http.Text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words of a sentence that are one of a few, and who people are.
///
/// @param names what people are called, by the ids of their accounts
/// @param issuers what providers are called
record Words(Map<String, String> names, IssuerNames issuers) {

    /// Who acts, and is no person: as the log has it, and the end of the key of what it is called.
    private static final Map<String, String> ACTORS =
            Map.of(
                    "console", "console",
                    "the gateway", "the-gateway",
                    "the configuration", "the-configuration",
                    "home-assistant", "home-assistant",
                    "Home Assistant", "home-assistant",
                    "adoption", "adoption",
                    "local login", "local-login",
                    "their own login", "their-own-login");

    private static final Set<String> CLIENTS = Set.of("OWN", "APP", "VOICE", "DOCUMENT", "OTHER");
    private static final Set<String> RESOURCES = Set.of("user", "group");

    private static final Set<String> DRIFTS =
            Set.of(
                    "switched-off",
                    "deleted",
                    "back",
                    "lives-on",
                    "other-groups",
                    "more-rights",
                    "other-role");

    /// What stands behind `vestibule:` in an issuer, and the codes of [WayIn].
    private static final Set<String> WAYS =
            Stream.concat(
                            Arrays.stream(WayIn.values()).map(WayIn::code),
                            Stream.of("trusted-headers"))
                    .collect(Collectors.toUnmodifiableSet());

    /// As the log has it where somebody had no role before, or has none afterwards.
    static final String NO_ROLE = "NONE";

    private static final Map<String, Text> ROLES = roles();

    /// As an administrator who acts in the console is written, before the id.
    static final String ACCOUNT = "account ";

    private static final int ID_LENGTH = 36;
    private static final String SCIM = "scim:";
    private static final String PROVIDER = "provider:";

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    Words {
        names = Map.copyOf(names);
    }

    private static Map<String, Text> roles() {
        Map<String, Text> roles = new HashMap<>();
        for (Role role : Role.values()) {
            String word = role.name().toLowerCase(Locale.ROOT);
            roles.put(role.name(), text("audit.role." + word));
            roles.put(word, text("audit.role." + word));
        }
        return Map.copyOf(roles);
    }

    /// @param id of an account; empty for nobody who is known
    Text person(String id) {
        String name = names.get(id);
        if (name != null) {
            return Foreign.of(name);
        }
        return id.isEmpty() ? text("audit.somebody") : text("audit.unknown-person", Foreign.of(id));
    }

    /// @param who the id of an account, or a name that somebody gave
    Text whoever(String who) {
        return names.containsKey(who) ? person(who) : named(who);
    }

    /// @param name that somebody gave, and that is nobody's id even where it looks like one
    static Text named(String name) {
        return name.isEmpty() ? text("audit.somebody") : Foreign.of(name);
    }

    /// Whether a person did it to themselves.
    static boolean isOwn(String by, String accountId) {
        return by.equals(accountId) || by.equals(ACCOUNT + accountId);
    }

    /// By whom it was done: a person, a program, or a part of the house.
    Text by(String by) {
        return doer(by, "audit.by.");
    }

    /// As [#by(String)], where that does it and begins the sentence: some languages have another
    /// form of the words for that.
    Text actor(String by) {
        return doer(by, "audit.actor.");
    }

    private Text doer(String by, String form) {
        String actor = ACTORS.get(by);
        if (actor != null) {
            return text(form + actor);
        }
        if (by.startsWith(ACCOUNT)) {
            return person(by.substring(ACCOUNT.length()));
        }
        if (by.startsWith(SCIM)) {
            return text(form + "identity-system", Foreign.of(by.substring(SCIM.length())));
        }
        if (by.startsWith(PROVIDER)) {
            return text(form + "provider", Foreign.of(by.substring(PROVIDER.length())));
        }
        if (issuers.find(by).isPresent()) {
            return issuer(by);
        }
        return isId(by) ? person(by) : whoever(by);
    }

    /// What has not the shape of an account's id is none.
    static boolean isId(String text) {
        return text.length() == ID_LENGTH && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /// By what somebody proved who they are; a provider by its name.
    Text issuer(String issuer) {
        return issuer.startsWith(IssuerNames.UNSIGNED)
                ? way(issuer.substring(IssuerNames.UNSIGNED.length()))
                : Foreign.of(issuers.find(issuer).orElse(issuer));
    }

    static Text way(String way) {
        return oneOf(WAYS, "audit.with.", way);
    }

    static Text drift(String what) {
        return oneOf(DRIFTS, "audit.drift.", what);
    }

    static Text role(String role) {
        return ROLES.getOrDefault(role, Foreign.of(role));
    }

    private static Text oneOf(Set<String> known, String key, String word) {
        return known.contains(word) ? text(key + word) : Foreign.of(word);
    }

    /// @param kind the name of an `admission.ClientKind`
    static Text client(String kind, String clientId) {
        return CLIENTS.contains(kind)
                ? text("audit.client." + kind.toLowerCase(Locale.ROOT), Foreign.of(clientId))
                : Foreign.of(clientId);
    }

    /// @param kind of a SCIM resource
    static Text resource(String kind, String name) {
        return RESOURCES.contains(kind)
                ? text("audit.resource." + kind, Foreign.of(name))
                : Foreign.of(name);
    }

    static Text device(String device) {
        return device.isEmpty() ? text("audit.unknown-device") : Foreign.of(device);
    }

    /// On the clock of the gateway's house.
    static Text moment(String written) {
        try {
            return Text.verbatim(
                    MOMENT.format(Instant.parse(written).atZone(ZoneId.systemDefault())));
        } catch (DateTimeException unreadable) {
            return Foreign.of(written);
        }
    }
}
