package dev.vestibule.cli;

import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.PushedAuthorization;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.OpenIdProviderProblem;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.List;

/// Asks about the identity provider, and looks at its discovery document while asking, so that a
/// wrong issuer shows before anything is written. Used by one thread.
final class ProviderInterview {

    /// Discovery needs no client; this one is never sent.
    private static final String NO_CLIENT_YET = "vestibule";

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final InstantSource time;
    private final Secrets secrets;
    private final Interview interview;

    ProviderInterview(InstantSource time, Secrets secrets, Interview interview) {
        this.time = time;
        this.secrets = secrets;
        this.interview = interview;
    }

    OpenIdProviderConfig ask(Origin publicUrl) {
        ProviderHint hint =
                interview.ask(
                        "Your identity provider (" + ProviderHint.words() + ")",
                        ProviderHint.OTHER.word(),
                        ProviderInterview::hint);
        interview.say("  " + hint.advice());
        String id =
                interview.ask(
                        "A short name for it, which becomes part of addresses",
                        hint == ProviderHint.OTHER ? "sso" : hint.word(),
                        ProviderInterview::id);
        URI issuer =
                interview.ask(
                        "Its issuer, such as " + hint.issuerExample(),
                        hint.issuerFallback(),
                        answer -> issuer(id, hint, answer));
        interview.say("  The provider answers, and its discovery document fits.");
        interview.say("");
        interview.say("Now register Vestibule there as a web application (OpenID Connect, code).");
        interview.say("  Redirect URI: " + provider(id, hint, issuer).redirectUri(publicUrl));
        String clientId = interview.ask("The client id that it gave", "", Interview::text);
        ClientAuthentication authentication =
                interview.askSecret(
                        "The client secret (empty for a public client)",
                        ProviderInterview::authentication);
        String name = interview.ask("What the sign-in button says", hint.word(), Interview::text);
        return provider(new Named(id, name, hint), issuer, clientId, authentication);
    }

    private static Reply<ProviderHint> hint(String answer) {
        return ProviderHint.named(answer)
                .<Reply<ProviderHint>>map(Reply.Good::new)
                .orElseGet(() -> new Reply.Bad<>("Write one of: " + ProviderHint.words() + "."));
    }

    private static Reply<String> id(String answer) {
        return OpenIdProviderConfig.isId(answer)
                ? new Reply.Good<>(answer)
                : new Reply.Bad<>("Write up to 32 lower-case letters, digits and dashes.");
    }

    private Reply<URI> issuer(String id, ProviderHint hint, String answer) {
        if (answer.endsWith(DISCOVERY)) {
            return new Reply.Bad<>(
                    "Leave "
                            + DISCOVERY
                            + " away: the issuer is the member \"issuer\" of what stands there.");
        }
        try {
            URI issuer = new URI(answer);
            if (Origin.of(issuer).filter(SetupCommand::isSafe).isEmpty()) {
                return new Reply.Bad<>(
                        "Write an https address, such as " + hint.issuerExample() + ".");
            }
            try (var provider = new OpenIdProvider(time, secrets, provider(id, hint, issuer))) {
                provider.probe();
                return new Reply.Good<>(issuer);
            }
        } catch (URISyntaxException unreadable) {
            return new Reply.Bad<>("This is not an address.");
        } catch (OpenIdProviderProblem problem) {
            return new Reply.Bad<>(String.valueOf(problem.getMessage()));
        }
    }

    private static Reply<ClientAuthentication> authentication(Secret answer) {
        String text = answer.reveal().strip();
        if (text.isEmpty()) {
            return new Reply.Good<>(new ClientAuthentication.None());
        }
        return text.chars().anyMatch(Character::isISOControl)
                ? new Reply.Bad<>("This holds a control character. Paste the secret alone.")
                : new Reply.Good<>(new ClientAuthentication.SecretBasic(new Secret(text)));
    }

    private static OpenIdProviderConfig provider(String id, ProviderHint hint, URI issuer) {
        return provider(
                new Named(id, id, hint), issuer, NO_CLIENT_YET, new ClientAuthentication.None());
    }

    private record Named(String id, String name, ProviderHint hint) {}

    private static OpenIdProviderConfig provider(
            Named named, URI issuer, String clientId, ClientAuthentication authentication) {
        return new OpenIdProviderConfig(
                named.id(),
                named.name(),
                issuer,
                clientId,
                authentication,
                named.hint().scopes(),
                ClaimPaths.DEFAULTS,
                OpenIdProviderConfig.DEFAULT_ALGORITHMS,
                List.of(),
                UserInfoUse.WHEN_CLAIMS_ARE_MISSING,
                PushedAuthorization.WHEN_OFFERED,
                List.of(),
                false,
                named.hint().preset(),
                OpenIdProviderConfig.freshSignIn(named.hint().preset()),
                LivenessConfig.DEFAULTS,
                ScimConfig.DEFAULTS);
    }
}
