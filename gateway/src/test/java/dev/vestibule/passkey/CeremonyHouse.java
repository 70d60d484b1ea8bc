package dev.vestibule.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.account.Account;
import dev.vestibule.account.AccountStore;
import dev.vestibule.account.Issuer;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.metric.Meters;
import dev.vestibule.secret.Secrets;
import dev.vestibule.secret.TokenHash;
import dev.vestibule.session.SessionId;
import dev.vestibule.store.TestDatabase;
import dev.vestibule.testhouse.TestClock;
import dev.vestibule.testhouse.passkey.Lie;
import dev.vestibule.testhouse.passkey.VirtualAuthenticator;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Both ceremonies over a real store, and people with authenticators before them.
final class CeremonyHouse implements AutoCloseable {

    static final String ORIGIN = "https://home.example.org";
    static final PasskeySite SITE =
            new PasskeySite(
                    new HomeId("home"),
                    new RpId("home.example.org"),
                    Origin.parse(ORIGIN).orElseThrow(),
                    Set.of(Origin.parse(ORIGIN).orElseThrow()));

    static final AuthenticationCeremony.Prover BROWSER =
            new AuthenticationCeremony.Prover(TokenHash.of("browser"), "192.0.2.7");

    final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final TestDatabase store = new TestDatabase();
    private final Secrets secrets = new Secrets();
    final AccountStore accounts =
            new AccountStore(clock, secrets, store.database(), Set.of(new HomeId("home")));
    final AuditLog audit =
            new AuditLog(
                    clock,
                    secrets,
                    store.database(),
                    new AuthenticationFailures(clock),
                    new Meters());
    final ChallengeStore challenges = new ChallengeStore(clock, secrets, store.database(), 50);
    final CredentialStore credentials = new CredentialStore(clock, secrets, store.database());
    private final WebAuthnLibrary library = new WebAuthnLibrary();
    final RegistrationCeremony registration =
            new RegistrationCeremony(store.database(), challenges, credentials, library, audit);
    final AuthenticationCeremony authentication =
            new AuthenticationCeremony(store.database(), challenges, credentials, library, audit);

    TestDatabase store() {
        return store;
    }

    RegistrationCeremony.Enroller person(String name) {
        Account account =
                accounts.admit(
                        new Subject(new Issuer("https://id.example"), name),
                        new Profile(name, "Person " + name));
        return new RegistrationCeremony.Enroller(
                account, new SessionId("session-of-" + name), "192.0.2.7", "a browser", "");
    }

    JsonNode creationOptions(RegistrationCeremony.Enroller who) {
        return registration.begin(SITE, who).orElseThrow();
    }

    JsonNode requestOptions() {
        return authentication.begin(SITE, BROWSER).orElseThrow();
    }

    Verified<CredentialRecord> enrol(
            RegistrationCeremony.Enroller who, VirtualAuthenticator with, String origin, Lie lie) {
        JsonNode answer = with.create(creationOptions(who), origin, lie);
        return registration.finish(SITE, who, "phone", answer.toString());
    }

    CredentialRecord enrol(RegistrationCeremony.Enroller who, VirtualAuthenticator with) {
        return accepted(enrol(who, with, ORIGIN, Lie.NONE));
    }

    AuthenticationCeremony.Result signIn(VirtualAuthenticator with, String origin, Lie lie) {
        return authentication.finish(
                SITE, BROWSER, with.get(requestOptions(), origin, lie).toString());
    }

    AuthenticationCeremony.Result signIn(VirtualAuthenticator with) {
        return signIn(with, ORIGIN, Lie.NONE);
    }

    static CredentialRecord accepted(Verified<CredentialRecord> result) {
        assertThat(result).isInstanceOf(Verified.Accepted.class);
        return ((Verified.Accepted<CredentialRecord>) result).value();
    }

    List<String> kindsInAudit() {
        return audit.newest(20).stream().map(AuditLog.Line::kind).toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
