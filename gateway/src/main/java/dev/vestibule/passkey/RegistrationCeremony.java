package dev.vestibule.passkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.account.Account;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.session.SessionId;
import dev.vestibule.store.Database;
import dev.vestibule.visit.Insider;
import dev.vestibule.visit.Visitor;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.Optional;

/// Adds a passkey to the account of somebody who is signed in (WebAuthn section 7.1). Safe to share
/// between threads.
final class RegistrationCeremony {

    private static final int TIMEOUT_MILLIS = (int) ChallengeStore.LIFETIME.toMillis();

    private final Database database;
    private final ChallengeStore challenges;
    private final CredentialStore credentials;
    private final WebAuthnLibrary library;
    private final AuditLog audit;

    RegistrationCeremony(
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

    /// Whoever adds a passkey, from where.
    ///
    /// @param address as the audit log has it
    /// @param device what the browser calls itself
    /// @param browser as [NewPasskeys#browserOf] knows it
    record Enroller(
            Account account, SessionId session, String address, String device, String browser) {

        static Enroller of(Insider insider, Visitor visitor) {
            return new Enroller(
                    insider.account(),
                    insider.session().id(),
                    visitor.address(),
                    visitor.userAgent(),
                    NewPasskeys.browserOf(visitor));
        }
    }

    /// What the browser is to ask an authenticator for (`PublicKeyCredentialCreationOptionsJSON`,
    /// steps 1 and 2); empty where too many ask at once.
    Optional<JsonNode> begin(PasskeySite site, Enroller who) {
        return challenges
                .issue(site.home(), ChallengeHolder.enrolling(who.session()))
                .map(challenge -> options(site, who.account(), challenge));
    }

    private ObjectNode options(PasskeySite site, Account account, Challenge challenge) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.putObject("rp").put("id", site.rpId().value()).put("name", site.rpId().value());
        options.putObject("user")
                .put("id", credentials.userHandleOf(account.id()).value())
                .put("name", account.username())
                .put("displayName", account.displayName());
        options.put("challenge", challenge.value().reveal());
        ArrayNode algorithms = options.putArray("pubKeyCredParams");
        for (OfferedAlgorithm algorithm : OfferedAlgorithm.values()) {
            algorithms.addObject().put("type", "public-key").put("alg", algorithm.cose());
        }
        options.put("timeout", TIMEOUT_MILLIS);
        options.set("excludeCredentials", descriptors(site, credentials.allOf(account.id())));
        options.putObject("authenticatorSelection")
                .put("residentKey", "required")
                .put("requireResidentKey", true)
                .put("userVerification", "required");
        options.put("attestation", "none");
        return options;
    }

    /// The same authenticator is not asked twice.
    private static ArrayNode descriptors(PasskeySite site, List<CredentialRecord> known) {
        ArrayNode descriptors = JsonNodeFactory.instance.arrayNode();
        known.stream()
                .filter(passkey -> passkey.rpId().equals(site.rpId()))
                .forEach(
                        passkey -> {
                            ObjectNode one = descriptors.addObject();
                            one.put("type", "public-key").put("id", passkey.key().id().value());
                            ArrayNode transports = one.putArray("transports");
                            passkey.transports().forEach(transports::add);
                        });
        return descriptors;
    }

    /// Takes the new key.
    ///
    /// @param name what the person calls it
    /// @param text `RegistrationResponseJSON`, as the browser posted it
    Verified<CredentialRecord> finish(PasskeySite site, Enroller who, String name, String text) {
        // Steps 3 to 6: the answer, and what the browser says of the page.
        Optional<CeremonyAnswer.Registration> read = CeremonyAnswer.registration(text);
        Optional<ClientData> client =
                read.flatMap(answer -> ClientData.read(Base64Url.decodeOwn(answer.clientData())));
        if (read.isEmpty() || client.isEmpty()) {
            return new Verified.Refused<>(Refusal.UNREADABLE);
        }
        // Step 8: the challenge goes first, so that whatever fails below cannot be tried again.
        Challenge challenge = client.get().challenge();
        if (!challenges.consume(challenge, site.home(), ChallengeHolder.enrolling(who.session()))) {
            return new Verified.Refused<>(Refusal.CHALLENGE);
        }
        // Steps 7 and 9 to 11.
        Optional<Refusal> refusal = client.get().refusal(ClientData.CREATE, site);
        if (refusal.isPresent()) {
            return new Verified.Refused<>(refusal.get());
        }
        // Steps 12 to 24, and 27.
        return switch (library.register(read.get(), challenge, site)) {
            case Verified.Refused<CredentialKey>(var reason) -> new Verified.Refused<>(reason);
            case Verified.Accepted<CredentialKey>(var key) ->
                    // Steps 25, 26 and 28.
                    database.inTransaction(
                            tx -> keep(tx, site, who, name, key, read.get().transports()));
        };
    }

    private Verified<CredentialRecord> keep(
            Handle tx,
            PasskeySite site,
            Enroller who,
            String name,
            CredentialKey key,
            List<String> transports) {
        Verified<CredentialRecord> added =
                credentials.add(tx, who.account().id(), site.rpId(), name, key, transports);
        if (added instanceof Verified.Accepted<CredentialRecord>(var passkey)) {
            NewPasskeys.note(tx, passkey, who);
            audit.append(
                    tx,
                    new AuditEvent.PasskeyAdded(
                            passkey.account().value(),
                            site.home().value(),
                            passkey.id().value(),
                            passkey.name()),
                    who.address());
        }
        return added;
    }
}
