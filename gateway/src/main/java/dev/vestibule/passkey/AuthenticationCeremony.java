package dev.vestibule.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.store.Database;

import java.util.Optional;

/// Learns from a passkey who somebody is, without a name being typed (WebAuthn section 7.2). Safe
/// to share between threads.
final class AuthenticationCeremony {

    private static final int TIMEOUT_MILLIS = (int) ChallengeStore.LIFETIME.toMillis();

    private final Database database;
    private final ChallengeStore challenges;
    private final CredentialStore credentials;
    private final WebAuthnLibrary library;
    private final AuditLog audit;

    AuthenticationCeremony(
            Database database,
            ChallengeStore challenges,
            CredentialStore credentials,
            WebAuthnLibrary library,
            AuditLog audit) {
        this.database = database;
        this.challenges = challenges;
        this.credentials = credentials;
        this.library = library;
        this.audit = audit;
    }

    /// The browser that proves itself, from where.
    ///
    /// @param browser the hash of its pre-login cookie
    /// @param address as the audit log has it
    record Prover(TokenHash browser, String address) {}

    /// Who it was.
    sealed interface Result {

        /// The person holds the key, and the authenticator has made sure that it is they.
        record Proven(CredentialRecord passkey) implements Result {}

        /// @param who the account whose passkey was named; empty where there is none
        record Refused(Refusal reason, String who) implements Result {}
    }

    /// What the browser is to ask an authenticator for (`PublicKeyCredentialRequestOptionsJSON`,
    /// steps 1 and 2); empty where too many ask at once. Names no credential: the person chooses
    /// among those that the authenticator knows for this host.
    Optional<JsonNode> begin(PasskeySite site, Prover who) {
        return challenges
                .issue(site.home(), ChallengeHolder.signingIn(who.browser()))
                .map(
                        challenge ->
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("challenge", challenge.value().reveal())
                                        .put("rpId", site.rpId().value())
                                        .put("timeout", TIMEOUT_MILLIS)
                                        .put("userVerification", "required")
                                        .<ObjectNode>set(
                                                "allowCredentials",
                                                JsonNodeFactory.instance.arrayNode()));
    }

    /// @param text `AuthenticationResponseJSON`, as the browser posted it
    Result finish(PasskeySite site, Prover who, String text) {
        // Steps 3, 4 and 7 to 9: the answer, and what the browser says of the page.
        Optional<CeremonyAnswer.Authentication> read = CeremonyAnswer.authentication(text);
        Optional<ClientData> client =
                read.flatMap(answer -> ClientData.read(Base64Url.decodeOwn(answer.clientData())));
        if (read.isEmpty() || client.isEmpty()) {
            return new Result.Refused(Refusal.UNREADABLE, "");
        }
        CeremonyAnswer.Authentication answer = read.get();
        // Step 11: the challenge goes first, so that whatever fails below cannot be tried again.
        Challenge challenge = client.get().challenge();
        if (!challenges.consume(challenge, site.home(), ChallengeHolder.signingIn(who.browser()))) {
            return new Result.Refused(Refusal.CHALLENGE, "");
        }
        // Steps 10 and 12 to 14.
        Optional<Refusal> refusal = client.get().refusal(ClientData.GET, site);
        if (refusal.isPresent()) {
            return new Result.Refused(refusal.get(), "");
        }
        // Step 5 is not ours: no credential was named. Step 6: whose it is.
        Optional<CredentialRecord> known = credentials.find(answer.id());
        if (known.isEmpty()) {
            return new Result.Refused(Refusal.UNKNOWN_CREDENTIAL, "");
        }
        CredentialRecord passkey = known.get();
        if (!passkey.userHandle().equals(answer.userHandle())) {
            return refused(Refusal.USER_HANDLE, passkey);
        }
        if (!passkey.isOf(site)) {
            return refused(Refusal.OTHER_ADDRESS, passkey);
        }
        // Steps 15 to 23.
        return switch (library.authenticate(answer, challenge, site, passkey.key())) {
            case Verified.Refused<CredentialKey>(var reason) -> refused(site, who, passkey, reason);
            case Verified.Accepted<CredentialKey>(var key) ->
                    // Steps 24 and 25.
                    database.inTransaction(tx -> credentials.use(tx, key))
                            ? new Result.Proven(passkey)
                            : refused(site, who, passkey, outrun(answer.id()));
        };
    }

    /// What came first: somebody who removed the passkey, or another answer with this count.
    private Refusal outrun(CredentialId id) {
        return credentials.find(id).isEmpty() ? Refusal.UNKNOWN_CREDENTIAL : Refusal.SIGN_COUNT;
    }

    /// A count that is too low comes with a good signature, so somebody holds the key: a copy of
    /// it, or the person themselves after one was used. An alarm.
    private Result refused(PasskeySite site, Prover who, CredentialRecord passkey, Refusal reason) {
        if (reason == Refusal.SIGN_COUNT) {
            audit.append(
                    new AuditEvent.PasskeyPerhapsCopied(
                            passkey.account().value(),
                            site.home().value(),
                            passkey.id().value(),
                            passkey.name()),
                    who.address());
        }
        return refused(reason, passkey);
    }

    private static Result refused(Refusal reason, CredentialRecord passkey) {
        return new Result.Refused(reason, passkey.account().value());
    }
}
