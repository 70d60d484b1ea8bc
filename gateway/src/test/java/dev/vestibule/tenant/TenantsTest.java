package dev.vestibule.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.vestibule.TestFacts;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.metric.Meters;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.secret.Secret;
import dev.vestibule.tenant.TenantAuthentication.Authenticated;
import dev.vestibule.tenant.TenantAuthentication.Refused;
import dev.vestibule.tenant.TenantAuthentication.TooMany;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

class TenantsTest {

    private static final int FAILURES_MAX = 5;
    private static final ClientAddress OFFICE = known("192.0.2.1");

    private final TestFacts facts = new TestFacts();
    private int notes;
    private final Tenants tenants =
            new Tenants(
                    facts.clock,
                    facts.secrets,
                    facts.database,
                    facts.audit,
                    new Tenants.Doorkeeping(
                            new AddressLimiter(facts.clock, FAILURES_MAX),
                            new RequestRefusals(
                                    facts.clock,
                                    new AuthenticationFailures(facts.clock),
                                    new Meters())),
                    new TokenUses(facts.clock, facts.database, this::note));
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.vestibule");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    private void note(Runnable writing) {
        notes++;
        writing.run();
    }

    @BeforeEach
    void listen() {
        written.start();
        logger.addAppender(written);
    }

    @AfterEach
    void close() {
        logger.detachAppender(written);
        facts.close();
    }

    private static ClientAddress known(String address) {
        return new ClientAddress.Known(InetAddress.ofLiteral(address));
    }

    private Secret add(String name, String... networks) {
        return tenants.add(newTenant(name, networks), Actor.CONSOLE).orElseThrow();
    }

    private static NewTenant newTenant(String name, String... networks) {
        return new NewTenant(
                new TenantName(name),
                Optional.of("keycloak"),
                Stream.of(networks).map(network -> Cidr.parse(network).orElseThrow()).toList());
    }

    private TenantAuthentication authenticate(Secret token) {
        return authenticate(token, OFFICE);
    }

    private TenantAuthentication authenticate(Secret token, ClientAddress from) {
        return tenants.authenticate(token.reveal(), from, "abc-1");
    }

    private TenantSummary only() {
        assertThat(tenants.list()).hasSize(1);
        return tenants.list().getFirst();
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void knowsAClientByItsToken() {
        Secret okta = add("okta");
        Secret entra = add("entra");

        assertThat(authenticate(okta))
                .isEqualTo(
                        new Authenticated(
                                new Tenant(idOf("okta"), "okta", Optional.of("keycloak"))));
        assertThat(authenticate(entra))
                .isInstanceOfSatisfying(
                        Authenticated.class,
                        known -> assertThat(known.tenant().name()).isEqualTo("entra"));
    }

    private TenantId idOf(String name) {
        return tenants.list().stream()
                .filter(summary -> summary.tenant().name().equals(name))
                .map(summary -> summary.tenant().id())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void makesTokensThatAScannerOfLeaksKnowsAndNobodyGuesses() {
        assertThat(add("okta").reveal()).matches("vst_scim_[A-Za-z0-9_-]{43}");
        assertThat(add("entra")).isNotEqualTo(add("ping"));
    }

    @Test
    void storesAndLogsNoToken() {
        String token = add("okta").reveal();
        String second = tenants.rotate("okta", Actor.CONSOLE).orElseThrow().token().reveal();
        tenants.authenticate(token, OFFICE, "abc-1");
        tenants.authenticate(token + "x", OFFICE, "abc-2");

        List<String> stored = new ArrayList<>(lines());
        stored.addAll(
                facts.database.read(
                        handle ->
                                handle.createQuery(
                                                """
                                                SELECT token_hash FROM scim_token
                                                 UNION ALL
                                                SELECT detail FROM audit_event
                                                """)
                                        .mapTo(String.class)
                                        .list()));
        assertThat(stored).isNotEmpty().noneMatch(text -> text.contains(token.substring(9)));
        assertThat(stored).noneMatch(text -> text.contains(second.substring(9)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vst_scim_",
                "vst_scim_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void refusesWhatIsNoToken(String bearer) {
        add("okta");

        assertThat(tenants.authenticate(bearer, OFFICE, "abc-1")).isEqualTo(new Refused());
    }

    @Test
    void refusesATokenThatHasMoreOrLessThanItShould() {
        String token = add("okta").reveal();

        assertThat(
                        Stream.of(
                                        token + "A",
                                        token.substring(0, token.length() - 1),
                                        " " + token,
                                        token.toUpperCase(Locale.ROOT))
                                .map(bearer -> tenants.authenticate(bearer, OFFICE, "abc-1")))
                .containsOnly(new Refused());
    }

    @Test
    void hearsAClientFromItsNetworksOnly() {
        Secret token = add("okta", "192.0.2.0/28", "2001:db8::/48");

        assertThat(authenticate(token, known("192.0.2.15"))).isInstanceOf(Authenticated.class);
        assertThat(authenticate(token, known("2001:db8::7"))).isInstanceOf(Authenticated.class);
        assertThat(authenticate(token, known("192.0.2.16"))).isEqualTo(new Refused());
    }

    /// Attack: a forwarding header from a peer that is no listed proxy, to seem to come from a
    /// network of the client.
    @Test
    void anAddressThatCannotBeKnownIsInNoNetwork() {
        ClientAddress forged = new ClientAddress.Unknown(InetAddress.ofLiteral("192.0.2.1"));
        Secret bound = add("okta", "0.0.0.0/0", "::/0");
        Secret unbound = add("entra");

        assertThat(authenticate(bound, forged)).isEqualTo(new Refused());
        assertThat(authenticate(unbound, forged)).isInstanceOf(Authenticated.class);
    }

    @Test
    void logsWhyARequestWasRefused() {
        Secret token = add("okta", "192.0.2.0/28");
        authenticate(token, known("203.0.113.9"));
        tenants.authenticate("guess", OFFICE, "abc-2");

        assertThat(lines())
                .contains(
                        "event=refused reason=scim-network client=203.0.113.9 place=scim"
                                + " request=abc-1",
                        "event=refused reason=scim-token client=192.0.2.1 place=scim"
                                + " request=abc-2");
    }

    /// Attack: guessing. And somebody who guesses from the address of a client, such as behind the
    /// same proxy, must not lock the client out.
    @Test
    void whoGuessesIsToldToWaitAndWhoKnowsIsNot() {
        Secret token = add("okta");
        for (int i = 0; i < FAILURES_MAX; i++) {
            assertThat(tenants.authenticate("guess" + i, OFFICE, "abc")).isEqualTo(new Refused());
        }

        assertThat(tenants.authenticate("guess", OFFICE, "abc"))
                .isEqualTo(new TooMany(Duration.ofMinutes(1)));
        assertThat(authenticate(token)).isInstanceOf(Authenticated.class);
        assertThat(tenants.authenticate("guess", known("203.0.113.9"), "abc"))
                .isEqualTo(new Refused());
        facts.clock.advance(Duration.ofMinutes(1));
        assertThat(tenants.authenticate("guess", OFFICE, "abc")).isEqualTo(new Refused());
    }

    /// Attack: tokens of the right shape, each of which would cost a question to the database.
    @Test
    void tokensThatAreMadeUpDoNotReachTheDatabaseForEver() {
        Secret token = add("okta");
        String madeUp = Tenants.PREFIX + "x".repeat(43);
        for (int i = 0; i < FAILURES_MAX; i++) {
            assertThat(tenants.authenticate(madeUp, OFFICE, "abc")).isEqualTo(new Refused());
        }
        assertThat(authenticate(token)).isInstanceOf(Authenticated.class);
        facts.database.close();

        assertThat(tenants.authenticate(madeUp, OFFICE, "abc"))
                .isEqualTo(new TooMany(Duration.ofMinutes(1)));
    }

    @Test
    void bothTokensAreGoodUntilTheFormerOneIsEnded() {
        Secret first = add("okta");
        Tenants.NewToken second = tenants.rotate("okta", Actor.CONSOLE).orElseThrow();

        assertThat(second.hasEndedOldest()).isFalse();
        assertThat(authenticate(first)).isInstanceOf(Authenticated.class);
        assertThat(authenticate(second.token())).isInstanceOf(Authenticated.class);

        assertThat(tenants.endFormerToken("okta", Actor.CONSOLE)).isEqualTo(Tenants.Finish.ENDED);
        assertThat(authenticate(first)).isEqualTo(new Refused());
        assertThat(authenticate(second.token())).isInstanceOf(Authenticated.class);
        assertThat(tenants.endFormerToken("okta", Actor.CONSOLE))
                .isEqualTo(Tenants.Finish.NOTHING_TO_END);
    }

    @Test
    void aThirdTokenEndsTheOldest() {
        Secret first = add("okta");
        Secret second = tenants.rotate("okta", Actor.CONSOLE).orElseThrow().token();
        Tenants.NewToken third = tenants.rotate("okta", Actor.CONSOLE).orElseThrow();

        assertThat(third.hasEndedOldest()).isTrue();
        assertThat(authenticate(first)).isEqualTo(new Refused());
        assertThat(authenticate(second)).isInstanceOf(Authenticated.class);
        assertThat(authenticate(third.token())).isInstanceOf(Authenticated.class);
        assertThat(only().tokens()).extracting(TenantToken::number).containsExactly(2, 3);
    }

    @Test
    void rotatingOneClientLeavesTheOthersAlone() {
        Secret okta = add("okta");
        Secret entra = add("entra");
        tenants.rotate("okta", Actor.CONSOLE);
        tenants.endFormerToken("okta", Actor.CONSOLE);

        assertThat(authenticate(okta)).isEqualTo(new Refused());
        assertThat(authenticate(entra)).isInstanceOf(Authenticated.class);
    }

    @Test
    void aNameBelongsToOneClient() {
        add("okta");

        assertThat(tenants.add(newTenant("okta", "10.0.0.0/8"), Actor.CONSOLE)).isEmpty();
        assertThat(only().networks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Okta", "-okta", "o k", "okta\n", "123456789012345678901234567890123"})
    void aNameIsShortAndPlain(String name) {
        assertThat(TenantName.isOne(name)).isFalse();
    }

    @Test
    void saysWhenAndFromWhereATokenWasUsedLastToTheMinute() {
        Secret token = add("okta");
        Instant start = facts.clock.instant();
        assertThat(only().tokens())
                .containsExactly(new TenantToken(1, start, Optional.empty(), ""));

        authenticate(token);
        facts.clock.advance(Duration.ofSeconds(59));
        authenticate(token, known("203.0.113.9"));
        assertThat(only().tokens())
                .containsExactly(new TenantToken(1, start, Optional.of(start), "192.0.2.1"));

        assertThat(notes).isEqualTo(1);
        facts.clock.advance(Duration.ofSeconds(1));
        authenticate(token, known("203.0.113.9"));
        assertThat(only().tokens())
                .containsExactly(
                        new TenantToken(
                                1, start, Optional.of(start.plusSeconds(60)), "203.0.113.9"));
    }

    @Test
    void aRefusedRequestIsNoUse() {
        authenticate(add("okta", "10.0.0.0/8"), OFFICE);

        assertThat(only().tokens().getFirst().lastUsedAt()).isEmpty();
    }

    @Test
    void removesAClientWithItsTokensAndWhatItSent() {
        Secret okta = add("okta");
        Secret entra = add("entra");
        TenantId id = idOf("okta");
        List<TenantId> forgotten = new ArrayList<>();

        boolean isRemoved =
                tenants.remove("okta", (_, tenant) -> forgotten.add(tenant.id()), Actor.CONSOLE);

        assertThat(isRemoved).isTrue();
        assertThat(forgotten).containsExactly(id);
        assertThat(authenticate(okta)).isEqualTo(new Refused());
        assertThat(authenticate(entra)).isInstanceOf(Authenticated.class);
        assertThat(tenants.remove("okta", (_, _) -> forgotten.clear(), Actor.CONSOLE)).isFalse();
        assertThat(forgotten).hasSize(1);
    }

    /// A name that is used again is another client: nothing of the former one comes back.
    @Test
    void aClientThatIsAddedAgainIsSomebodyElse() {
        Secret former = add("okta");
        TenantId formerId = idOf("okta");
        tenants.remove("okta", (_, _) -> {}, Actor.CONSOLE);
        add("okta");

        assertThat(idOf("okta")).isNotEqualTo(formerId);
        assertThat(authenticate(former)).isEqualTo(new Refused());
    }

    @Test
    void aClientStaysWhereWhatItSentCannotBeForgotten() {
        Secret token = add("okta");

        assertThatThrownBy(
                        () ->
                                tenants.remove(
                                        "okta",
                                        (_, _) -> {
                                            throw new IllegalStateException("no");
                                        },
                                        Actor.CONSOLE))
                .hasMessage("no");
        assertThat(authenticate(token)).isInstanceOf(Authenticated.class);
    }

    @Test
    void whoIsUnknownCanNeitherBeRotatedNorFinished() {
        assertThat(tenants.rotate("okta", Actor.CONSOLE)).isEmpty();
        assertThat(tenants.endFormerToken("okta", Actor.CONSOLE))
                .isEqualTo(Tenants.Finish.NO_SUCH_CLIENT);
    }

    @Test
    void everyChangeIsInTheAuditLog() {
        Actor ada = new Actor("account ada", "192.0.2.7");
        var _ = tenants.add(newTenant("okta", "10.0.0.0/8"), ada);
        tenants.rotate("okta", ada);
        tenants.rotate("okta", ada);
        tenants.endFormerToken("okta", ada);
        String id = idOf("okta").value();
        tenants.remove("okta", (_, _) -> {}, ada);

        String client = "{\"clientId\":\"" + id + "\",\"name\":\"okta\"";
        String by = ",\"by\":\"account ada\"}";
        assertThat(facts.audit.newest(10))
                .extracting(line -> line.kind() + " " + line.address() + " " + line.detail())
                .containsExactlyInAnyOrder(
                        "ScimClientAdded 192.0.2.7 "
                                + client
                                + ",\"provider\":\"keycloak\",\"networks\":[\"10.0.0.0/8\"]"
                                + by,
                        "ScimTokenChanged 192.0.2.7 " + client + ",\"isNew\":true,\"ended\":0" + by,
                        "ScimTokenChanged 192.0.2.7 " + client + ",\"isNew\":true,\"ended\":1" + by,
                        "ScimTokenChanged 192.0.2.7 "
                                + client
                                + ",\"isNew\":false,\"ended\":1"
                                + by,
                        "ScimClientRemoved 192.0.2.7 " + client + by);
    }
}
