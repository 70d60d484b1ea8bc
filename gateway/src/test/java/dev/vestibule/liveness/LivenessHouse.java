package dev.vestibule.liveness;

import dev.vestibule.TestFacts;
import dev.vestibule.account.Account;
import dev.vestibule.account.Profile;
import dev.vestibule.account.Subject;
import dev.vestibule.audit.EndReason;
import dev.vestibule.config.ClaimPaths;
import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.DisablementProof;
import dev.vestibule.config.FreshSignIn;
import dev.vestibule.config.Lifetimes;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.ProviderPreset;
import dev.vestibule.config.PushedAuthorization;
import dev.vestibule.config.Role;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.config.UserInfoUse;
import dev.vestibule.http.Parameters;
import dev.vestibule.oidc.AuthorizationResponseParameters;
import dev.vestibule.oidc.AuthorizationStart;
import dev.vestibule.oidc.OpenIdProvider;
import dev.vestibule.oidc.Prompt;
import dev.vestibule.oidc.SignInResult;
import dev.vestibule.oidc.VerifiedIdentity;
import dev.vestibule.revocation.Cause;
import dev.vestibule.secret.Secret;
import dev.vestibule.session.LiveSession;
import dev.vestibule.session.Reach;
import dev.vestibule.session.SessionService.Beginning;
import dev.vestibule.session.SignInWay;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The fact rooms, a scripted provider that knows Ada and Zoe of the admins and Ben of the family,
/// and a poll that asks it when the test says so.
final class LivenessHouse implements AutoCloseable {

    static final Duration CHECK_EVERY = Duration.ofMinutes(5);
    static final Duration MAX_AGE = Duration.ofDays(7);

    /// More than the interval with all that chance may add.
    static final Duration SURELY_DUE = Duration.ofMinutes(7);

    private static final RolesConfig ROLES =
            new RolesConfig(Set.of("admins"), Set.of("family"), Set.of(), List.of());
    private static final URI CALLBACK = URI.create("http://127.0.0.1:9/callback");

    final TestFacts facts = new TestFacts();
    final ScriptedOpenIdProvider provider;
    final OpenIdProvider party;
    final ProofClaims claims =
            new ProofClaims(facts.clock, facts.secrets, facts.database, facts.sealer);
    final Consequences consequences =
            new Consequences(
                    facts.database,
                    claims,
                    new Consequences.People(
                            facts.sessions, facts.lifecycle, facts.sessionLifecycle),
                    new RoleReview(
                            Map.of(TestFacts.HOME, ROLES),
                            facts.directory.recognition(),
                            facts.accounts,
                            facts.lifecycle),
                    new ProviderDepartures(facts.breaker, facts.accounts, facts.proofs),
                    facts.audit);
    ProviderPoll poll;
    private final HttpClient http = HttpClient.newHttpClient();

    LivenessHouse(DisablementProof provesDisablement) {
        this(provesDisablement, options -> options);
    }

    LivenessHouse(DisablementProof provesDisablement, UnaryOperator<ProviderOptions> options) {
        provider =
                ScriptedOpenIdProvider.start(
                        options.apply(ProviderOptions.defaults().withTime(facts.clock)));
        provider.register(RegisteredClient.secretBasic("vestibule", "secret", CALLBACK));
        provider.addPerson(Person.of("ada", "Ada").withGroups("admins"));
        provider.addPerson(Person.of("zoe", "Zoe").withGroups("admins"));
        provider.addPerson(Person.of("ben", "Ben").withGroups("family"));
        party = new OpenIdProvider(facts.clock, facts.secrets, config(provesDisablement));
        poll = newPoll();
    }

    private OpenIdProviderConfig config(DisablementProof provesDisablement) {
        return new OpenIdProviderConfig(
                "op",
                "op",
                provider.issuer(),
                "vestibule",
                new ClientAuthentication.SecretBasic(new Secret("secret")),
                List.of("openid", "profile", "groups", "offline_access"),
                ClaimPaths.DEFAULTS,
                OpenIdProviderConfig.DEFAULT_ALGORITHMS,
                List.of(),
                UserInfoUse.WHEN_CLAIMS_ARE_MISSING,
                PushedAuthorization.NEVER,
                List.of(),
                false,
                ProviderPreset.NONE,
                FreshSignIn.AUTH_TIME,
                new LivenessConfig(true, CHECK_EVERY, MAX_AGE, provesDisablement, true),
                ScimConfig.DEFAULTS);
    }

    /// A poll as a process that has just started has it.
    ProviderPoll newPoll() {
        return new ProviderPoll(
                facts.clock,
                facts.secrets,
                party,
                claims,
                new Lapses(facts.proofs, facts.sessions, facts.sessionLifecycle),
                consequences);
    }

    Subject person(String name) {
        return new Subject(party.issuer(), name);
    }

    /// A person with a session, their role, and a token to ask with.
    Account signIn(String name) {
        VerifiedIdentity identity = identityOf(name);
        Account account =
                facts.accounts.admit(
                        identity.subject(),
                        new Profile(identity.username(), identity.displayName()));
        assign(account, ROLES.roleOf(identity.groups()).orElseThrow());
        var _ =
                facts.sessions
                        .begin(
                                account,
                                new Beginning(
                                        TestFacts.HOME,
                                        party.issuer(),
                                        "",
                                        SignInWay.PROVIDER,
                                        facts.clock.instant(),
                                        Lifetimes.NEVER,
                                        Reach.ANYWHERE,
                                        "192.0.2.1",
                                        "a browser"))
                        .orElseThrow();
        facts.database.change(
                tx ->
                        facts.proofs.keep(
                                tx, identity.subject(), account.id(), identity.livenessProof()));
        return account;
    }

    private void assign(Account account, Role role) {
        Cause cause = new Cause(account.id().value(), EndReason.BY_OPERATOR, "192.0.2.1");
        facts.database
                .inTransaction(
                        tx ->
                                facts.lifecycle.changeRole(
                                        tx, account.id(), TestFacts.HOME, role, cause))
                .cut();
    }

    VerifiedIdentity identityOf(String name) {
        provider.signInAutomaticallyAs(name);
        AuthorizationStart start = party.begin(CALLBACK, Prompt.AS_NEEDED);
        return switch (party.complete(visit(start.location()), start.pending())) {
            case SignInResult.Verified(var identity) -> identity;
            case SignInResult.RefusedByProvider other -> throw new AssertionError(other);
            case SignInResult.Rejected other -> throw new AssertionError(other);
        };
    }

    private AuthorizationResponseParameters visit(URI location) {
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(location).build(),
                            HttpResponse.BodyHandlers.ofString());
            URI back = URI.create(answer.headers().firstValue("location").orElseThrow());
            return new AuthorizationResponseParameters(Parameters.parse(back.getRawQuery()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /// Waits until everybody is due, and asks.
    ///
    /// @return false where the provider was away
    boolean askEverybody() {
        facts.clock.advance(SURELY_DUE);
        return round();
    }

    boolean round() {
        try {
            return poll.round();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    Account account(Account known) {
        return facts.accounts.find(known.id()).orElseThrow();
    }

    List<LiveSession> sessionsOf(Account account) {
        return facts.database.read(
                handle -> facts.sessions.ofIssuer(handle, account.id(), party.issuer()));
    }

    Optional<Role> roleOf(Account account) {
        return facts.accounts.roleOf(account.id(), TestFacts.HOME);
    }

    List<String> audited() {
        return facts.audit.newest(1000).stream().map(line -> line.kind()).toList();
    }

    /// What the audit log has of alarms, as JSON.
    List<String> alarms() {
        return facts.audit.newest(1000).stream()
                .filter(line -> line.kind().equals("LivenessAlarm"))
                .map(line -> line.detail())
                .toList();
    }

    @Override
    public void close() {
        poll.close();
        party.close();
        http.shutdownNow();
        provider.close();
        facts.close();
    }
}
