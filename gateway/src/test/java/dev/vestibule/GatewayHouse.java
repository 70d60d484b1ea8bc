package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.vestibule.account.Account;
import dev.vestibule.account.SuspendedBy;
import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.EndReason;
import dev.vestibule.breaker.Breaker;
import dev.vestibule.cli.ControlOutcome;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.FreshSignIn;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.ListenConfig;
import dev.vestibule.config.LivenessConfig;
import dev.vestibule.config.LongLivedTokens;
import dev.vestibule.config.ManagementConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.config.ScimConfig;
import dev.vestibule.homeassistant.HomeAssistantStatus;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.RemoveResult;
import dev.vestibule.revocation.SuspendResult;
import dev.vestibule.secret.MasterKey;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;
import dev.vestibule.store.TestDatabase;
import dev.vestibule.tenant.Tenants;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.home.HomeOptions;
import dev.vestibule.testhouse.home.ScriptedHomeAssistant;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;
import dev.vestibule.testhouse.visitor.VisitorSocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A whole gateway on a loopback port before a scripted Home Assistant, with whatever OpenID
/// providers it is given: real ones, too. Each test opens and closes its own. [TestHouse] is the
/// one with a scripted provider.
///
/// A provider must know the callback before the gateway can know the provider. So the address comes
/// first: [#freeOrigin()], then a provider with `config.redirectUri(origin)`, then the house.
public class GatewayHouse implements AutoCloseable {

    private static final Cause OPERATOR = new Cause("console", EndReason.BY_OPERATOR, "console");
    private static final String REGISTRATION =
            """
            {"app_id": "io.robbie.HomeAssistant", "app_name": "Home Assistant", "app_version": "1",
             "device_id": "a-phone", "device_name": "A phone", "manufacturer": "A",
             "model": "B", "os_name": "C", "os_version": "1", "supports_encryption": false}
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final Duration CONNECTING_MAX = Duration.ofSeconds(30);

    private final Path data = temporaryDirectory();
    private final ScriptedHomeAssistant homeAssistant;
    private final Origin origin;
    private final GatewayConfig config;
    private Gateway gateway;

    /// @param origin where the gateway listens; from [#freeOrigin()]
    public GatewayHouse(Origin origin, List<OpenIdProviderConfig> providers, RolesConfig roles) {
        this(origin, List.of(), providers, roles);
    }

    /// @param further other addresses at which the same gateway is reached
    public GatewayHouse(
            Origin origin,
            List<Origin> further,
            List<OpenIdProviderConfig> providers,
            RolesConfig roles) {
        this(
                origin,
                providers,
                roles,
                ScriptedHomeAssistant.start(HomeOptions.defaults().withPort(LoopbackPort.free())),
                Plan.USUAL.with(further));
        expectConnected();
    }

    /// How a house differs from the usual one.
    ///
    /// @param further other addresses at which the same gateway is reached
    /// @param existingTokens what becomes of tokens that are older than the gateway
    /// @param longLivedTokens whether people may make them
    /// @param caFiles whose certificates the gateway trusts at Home Assistant
    /// @param changes what else is written in the configuration
    record Plan(
            List<Origin> further,
            ExistingTokens existingTokens,
            LongLivedTokens longLivedTokens,
            List<Path> caFiles,
            UnaryOperator<GatewayConfig> changes) {
        static final Plan USUAL =
                new Plan(
                        List.of(),
                        Defaults.EXISTING_TOKENS,
                        Defaults.LONG_LIVED_TOKENS,
                        List.of(),
                        UnaryOperator.identity());

        Plan with(List<Origin> others) {
            return new Plan(others, existingTokens, longLivedTokens, caFiles, changes);
        }

        Plan with(ExistingTokens other) {
            return new Plan(further, other, longLivedTokens, caFiles, changes);
        }

        Plan with(LongLivedTokens other) {
            return new Plan(further, existingTokens, other, caFiles, changes);
        }

        Plan trusting(List<Path> others) {
            return new Plan(further, existingTokens, longLivedTokens, others, changes);
        }

        Plan changed(UnaryOperator<GatewayConfig> others) {
            return new Plan(further, existingTokens, longLivedTokens, caFiles, others);
        }
    }

    /// Before a Home Assistant that may be in trouble.
    ///
    /// @param homeAssistant is closed with the house
    GatewayHouse(
            Origin origin,
            List<OpenIdProviderConfig> providers,
            RolesConfig roles,
            ScriptedHomeAssistant homeAssistant,
            Plan plan) {
        this.origin = origin;
        this.homeAssistant = homeAssistant;
        this.config = plan.changes().apply(config(providers, roles, plan));
        furnish();
        this.gateway = startGateway(InstantSource.system());
    }

    /// What a gateway finds that was started once before, and served nobody: see [TestDatabase].
    private void furnish() {
        var _ = MasterKey.load(config.masterKeyFile(), true, new Secrets());
        TestDatabase.furnish(config.dataDirectory().resolve("vestibule.db"));
    }

    final void expectConnected() {
        assertThat(gateway.homes())
                .extracting(home -> home.homeAssistant().status())
                .hasOnlyElementsOfType(HomeAssistantStatus.Connected.class);
    }

    /// The same provider, asked otherwise about people who signed in.
    public static OpenIdProviderConfig asked(OpenIdProviderConfig plain, LivenessConfig liveness) {
        return asked(plain, liveness, plain.scim());
    }

    /// @param scim how people whom a SCIM client sends are those who sign in
    public static OpenIdProviderConfig asked(
            OpenIdProviderConfig plain, LivenessConfig liveness, ScimConfig scim) {
        return changed(plain, plain.displayName(), plain.freshSignIn(), liveness, scim);
    }

    /// @param proof of a fresh sign-in at the provider
    static OpenIdProviderConfig proven(OpenIdProviderConfig plain, FreshSignIn proof) {
        return changed(plain, plain.displayName(), proof, plain.liveness(), plain.scim());
    }

    /// The same provider, called otherwise on the sign-in page.
    public static OpenIdProviderConfig called(OpenIdProviderConfig plain, String name) {
        return changed(plain, name, plain.freshSignIn(), plain.liveness(), plain.scim());
    }

    private static OpenIdProviderConfig changed(
            OpenIdProviderConfig plain,
            String displayName,
            FreshSignIn proof,
            LivenessConfig liveness,
            ScimConfig scim) {
        return new OpenIdProviderConfig(
                plain.id(),
                displayName,
                plain.issuer(),
                plain.clientId(),
                plain.authentication(),
                plain.scopes(),
                plain.claims(),
                plain.algorithms(),
                plain.caFiles(),
                plain.userInfo(),
                plain.pushedAuthorization(),
                plain.requiredAcr(),
                plain.insecureHttp(),
                plain.preset(),
                proof,
                liveness,
                scim);
    }

    /// An address of this machine for a gateway that is not there yet.
    public static Origin freeOrigin() {
        return new Origin("http", "localhost", LoopbackPort.free());
    }

    private GatewayConfig config(
            List<OpenIdProviderConfig> providers, RolesConfig roles, Plan plan) {
        return new GatewayConfig(
                new ListenConfig("127.0.0.1", origin.port()),
                data,
                List.of(),
                Defaults.NETWORK,
                List.of(
                        new HomeConfig(
                                Defaults.HOME_NAME,
                                origin,
                                plan.further(),
                                false,
                                new HomeAssistantConfig(
                                        homeAssistant.url(),
                                        new Secret(homeAssistant.administratorToken()),
                                        plan.caFiles()),
                                roles,
                                Defaults.ROUTES,
                                Defaults.SESSION,
                                Defaults.APPS,
                                Defaults.SIGN_IN,
                                Defaults.CLIENTS,
                                plan.existingTokens(),
                                plan.longLivedTokens(),
                                Defaults.WEBHOOK_MIGRATION)),
                providers,
                List.of(),
                List.of(),
                Defaults.DEPROVISIONING,
                Defaults.LIMITS,
                ManagementConfig.OFF,
                Defaults.AUDIT,
                Defaults.LOG);
    }

    /// A gateway that has found out whether Home Assistant is there: what a test then sees does not
    /// hang on who was first.
    private Gateway startGateway(InstantSource clock) {
        Gateway started = Gateway.start(clock, config);
        awaitFirstAttempt(started);
        return started;
    }

    private static void awaitFirstAttempt(Gateway started) {
        started.homes().forEach(home -> home.homeAssistant().awaitFirstAttempt(CONNECTING_MAX));
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("vestibule-house");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public ScriptedHomeAssistant homeAssistant() {
        return homeAssistant;
    }

    /// What the house was built with.
    public GatewayConfig config() {
        return config;
    }

    public Gateway gateway() {
        return gateway;
    }

    /// The person who is called so and has not been removed.
    public Account account(String username) {
        return gateway.accounts().list().stream()
                .filter(Account::isHere)
                .filter(account -> account.username().equals(username))
                .findFirst()
                .orElseThrow();
    }

    public Tenants tenants() {
        return gateway.facts().tenants();
    }

    public Breaker breaker() {
        return gateway.facts().breaker();
    }

    /// As the operator does.
    public void suspend(String username) {
        assertThat(
                        gateway.facts()
                                .lifecycle()
                                .suspend(account(username).id(), SuspendedBy.OPERATOR, OPERATOR))
                .isInstanceOf(SuspendResult.Suspended.class);
    }

    /// As the operator does.
    public void remove(String username) {
        assertThat(gateway.facts().lifecycle().remove(account(username).id(), OPERATOR))
                .isInstanceOf(RemoveResult.Removed.class);
    }

    /// Notes in the audit log what happened elsewhere.
    public void note(AuditEvent event) {
        gateway.facts().audit().append(event, "192.0.2.1");
    }

    /// The newest lines of the audit log.
    public List<AuditLog.Line> audited() {
        return gateway.facts().audit().newest(1_000);
    }

    /// As the operator does.
    public void restore(String username) {
        assertThat(
                        gateway.facts()
                                .lifecycle()
                                .restore(account(username).id(), SuspendedBy.OPERATOR, OPERATOR))
                .isTrue();
    }

    /// Registers a phone as the companion app does, and gives the id of its webhook.
    public String registerPhone(VisitorBrowser phone, String accessToken) {
        Answer answer = register(phone, accessToken);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return json(answer).path("webhook_id").asText();
    }

    /// As [#registerPhone], for one that may be refused.
    Answer register(VisitorBrowser phone, String accessToken) {
        return phone.postJson(
                at("/api/mobile_app/registrations"),
                REGISTRATION,
                "Authorization",
                "Bearer " + accessToken);
    }

    /// The status that a phone hears on its webhook.
    public int callWebhook(VisitorBrowser phone, String id) {
        return phone.postJson(at("/api/webhook/" + id), "{\"type\":\"get_config\"}").status();
    }

    /// Attaches a user whom Home Assistant has already to an account, as the operator does.
    public void link(String username, String homeAssistantUserId) {
        assertThat(new OperatorCommands(gateway).link(username, "", homeAssistantUserId))
                .isInstanceOf(ControlOutcome.Done.class);
    }

    /// Whether the audit log has an event of this kind.
    public boolean isAudited(String kind) {
        return gateway.facts().audit().newest(1_000).stream()
                .anyMatch(line -> line.kind().equals(kind));
    }

    /// From where the events of a kind came that are in the audit log, the newest first.
    public List<String> auditedAddresses(String kind) {
        return gateway.facts().audit().newest(1_000).stream()
                .filter(line -> line.kind().equals(kind))
                .map(line -> line.address())
                .toList();
    }

    /// Whether the audit log has an event with this reason.
    public boolean isAuditedFor(String reason) {
        return gateway.facts().audit().newest(1_000).stream()
                .anyMatch(line -> line.detail().contains('"' + reason + '"'));
    }

    /// From here on the gateway cannot reach its own records.
    public void loseDatabase() {
        gateway.facts().adoption().database().close();
    }

    /// Every row of the database once nothing in the background is about to change it: the clock
    /// has been saved, and Home Assistant agrees with everything.
    Map<String, List<String>> contentsAtRest() {
        Database database = gateway.facts().adoption().database();
        Eventually.holds(
                () ->
                        gateway.facts().outbox().list().isEmpty()
                                && !DatabaseContents.of(database)
                                        .getOrDefault("high_water_mark", List.of())
                                        .isEmpty(),
                gateway.facts().outbox()::list);
        return DatabaseContents.of(database);
    }

    /// As [#restartGateway()], for who wants to come before the gateway has met Home Assistant.
    void restartGatewayWithoutWaiting() {
        restartGatewayWithoutWaiting(UnaryOperator.identity());
    }

    /// As [#restartGatewayWithoutWaiting()], with another configuration.
    void restartGatewayWithoutWaiting(UnaryOperator<GatewayConfig> changes) {
        gateway.close();
        gateway = Gateway.start(InstantSource.system(), changes.apply(config));
    }

    /// Ends the gateway and starts another over the same data.
    public void restartGateway() {
        restartGateway(InstantSource.system());
    }

    /// As [#restartGateway()], with another configuration.
    void restartGateway(UnaryOperator<GatewayConfig> changes) {
        gateway.close();
        gateway = Gateway.start(InstantSource.system(), changes.apply(config));
        awaitFirstAttempt(gateway);
    }

    /// As [#restartGateway()], by another clock.
    public void restartGateway(InstantSource clock) {
        gateway.close();
        gateway = startGateway(clock);
    }

    public Origin origin() {
        return origin;
    }

    public String clientId() {
        return origin + "/";
    }

    public URI at(String pathAndQuery) {
        return origin.resolve(pathAndQuery);
    }

    /// The address that Home Assistant's front end sends a browser to.
    public URI authorizeAddress() {
        return at(
                "/auth/authorize?response_type=code&client_id="
                        + VisitorBrowser.encode(clientId())
                        + "&redirect_uri="
                        + VisitorBrowser.encode(landing())
                        + "&state=my-state");
    }

    /// Where Home Assistant's front end lets itself be sent back to, with a code.
    public String landing() {
        return origin + "/?auth_callback=1";
    }

    /// Where it can be asked how the gateway is; see [TestHouse#watched()].
    public URI managementAddress(String path) {
        return URI.create("http://127.0.0.1:" + gateway.managementPort().orElseThrow() + path);
    }

    /// The code in a redirect to [#landing()].
    public static String codeIn(Answer back) {
        Matcher code = CODE.matcher(back.location());
        if (!back.location().contains("auth_callback=1") || !code.find()) {
            throw new IllegalStateException(
                    "no code: " + back.status() + " " + back.location() + "\n" + back.body());
        }
        return code.group(1);
    }

    /// What a signed-in person's client holds.
    public record SignedIn(String accessToken, String refreshToken) {}

    /// As Home Assistant's front end redeems its code.
    public SignedIn redeem(VisitorBrowser browser, String code) {
        JsonNode tokens =
                json(
                        browser.postMultipart(
                                at("/auth/token"),
                                Map.of(
                                        "grant_type",
                                        "authorization_code",
                                        "code",
                                        code,
                                        "client_id",
                                        clientId())));
        return new SignedIn(
                tokens.path("access_token").asText(), tokens.path("refresh_token").asText());
    }

    public Answer refresh(VisitorBrowser browser, String refreshToken, String clientId) {
        return browser.postForm(
                at("/auth/token"),
                Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", refreshToken,
                        "client_id", clientId));
    }

    public Answer get(VisitorBrowser browser, String path, String accessToken) {
        return browser.get(at(path), "Authorization", "Bearer " + accessToken);
    }

    public VisitorSocket openSocket(VisitorBrowser browser) {
        return VisitorSocket.open(
                browser.http(),
                URI.create(
                        (origin.isSecure() ? "wss://" : "ws://")
                                + origin.authority()
                                + "/api/websocket"),
                browser.carried());
    }

    public static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(answer.status() + " " + answer.body(), unreadable);
        }
    }

    @Override
    public void close() {
        gateway.close();
        homeAssistant.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
