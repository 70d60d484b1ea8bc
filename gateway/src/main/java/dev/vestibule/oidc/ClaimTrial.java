package dev.vestibule.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.OpenIdProviderConfig;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an ID token of a provider would yield, read from what somebody pasted: a token, or the JSON
/// inside. No signature is looked at, so that nothing but a page may come of it. Keeps nothing.
public final class ClaimTrial {

    /// Half of what a sign-in takes and of what a form holds, in which most signs of JSON grow
    /// threefold. A larger form would be one that strangers may send, too.
    public static final int LENGTH_MAX = 32 * 1024;

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z0-9_-]+\\.([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]*");

    private final OpenIdProviderConfig config;

    public ClaimTrial(OpenIdProviderConfig config) {
        this.config = config;
    }

    public sealed interface Outcome {

        /// More than [#LENGTH_MAX] characters.
        record TooLong() implements Outcome {}

        /// Neither a token nor a JSON object.
        record Neither() implements Outcome {}

        /// @param line of the JSON, from 1; 0 where it is not known
        /// @param column as above
        record Broken(int line, int column) implements Outcome {}

        /// Nobody is named.
        record Nobody(List<TokenRefused> objections) implements Outcome {
            public Nobody {
                objections = List.copyOf(objections);
            }
        }

        /// @param isToken whether it was a whole token, whose signature was not looked at
        /// @param objections what a token with these claims would be refused for
        /// @param wouldAskUserInfo whether more would be asked for at a sign-in, so that more may
        ///   be known then
        record Somebody(
                VerifiedIdentity identity,
                boolean isToken,
                List<TokenRefused> objections,
                boolean wouldAskUserInfo)
                implements Outcome {
            public Somebody {
                objections = List.copyOf(objections);
            }
        }
    }

    public Outcome read(String pasted, Instant now) {
        if (pasted.length() > LENGTH_MAX) {
            return new Outcome.TooLong();
        }
        Optional<String> payload = payloadOf(pasted);
        if (payload.isEmpty() && !pasted.strip().startsWith("{")) {
            return new Outcome.Neither();
        }
        return switch (StrictJson.read(payload.orElse(pasted))) {
            case StrictJson.Reading.Read(var claims) -> judge(claims, payload.isPresent(), now);
            case StrictJson.Reading.NoObject() -> new Outcome.Neither();
            case StrictJson.Reading.Broken(var line, var column) ->
                    new Outcome.Broken(line, column);
        };
    }

    /// The decoded claims of a token (RFC 7515 section 3.1); empty for anything else. Mail and
    /// terminals break long lines.
    private static Optional<String> payloadOf(String pasted) {
        return Optional.of(TOKEN.matcher(SPACE.matcher(pasted).replaceAll("")))
                .filter(Matcher::matches)
                .flatMap(token -> decoded(token.group(1)));
    }

    private static Optional<String> decoded(String payload) {
        try {
            return Optional.of(
                    new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private Outcome judge(ObjectNode claims, boolean isToken, Instant now) {
        List<TokenRefused> objections = new IdTokenClaims(config).objections(claims, now);
        if (objections.stream().anyMatch(no -> no.reason() == RejectionReason.SUBJECT_MISSING)) {
            return new Outcome.Nobody(objections);
        }
        return new Outcome.Somebody(
                ClaimReader.identity(
                        config,
                        claims,
                        claims.objectNode(),
                        Instant.EPOCH,
                        new LivenessProof.NotOffered()),
                isToken,
                objections,
                ClaimReader.wantsUserInfo(config, claims));
    }
}
