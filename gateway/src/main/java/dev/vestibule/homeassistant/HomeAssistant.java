package dev.vestibule.homeassistant;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.secret.Secrets;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// One Home Assistant, as the rest of the gateway sees it. Safe to share between threads; whoever
/// made it closes it.
///
/// [#start()] returns at once; the connection of the administrator comes and goes in the
/// background, and [#status()] says how it stands. What waits for Home Assistant waits for a
/// limited time and throws [HomeAssistantUnavailable] when it is away.
public final class HomeAssistant implements AutoCloseable {

    private final Transport transport;
    private final ForwardingProbe forwarding;
    private final EventDispatcher userEvents;
    private final CapabilityTokens capabilityTokens = new CapabilityTokens();
    private final AdministratorConnection administrator;
    private final HomeAssistantUsers users;
    private final LoginFlows loginFlows;
    private final HomeAssistantTokens tokens;
    private final TokenProbe tokenProbe;
    private final WebhookOwners webhookOwners;
    private final PersonalTokens personalTokens;
    private final OwnTokenRequests ownTokenRequests;

    /// @throws IllegalArgumentException where a certificate file of the configuration is unreadable
    public HomeAssistant(InstantSource time, HomeAssistantConfig config) {
        this(time, config, TransportLimits.DEFAULT);
    }

    HomeAssistant(InstantSource time, HomeAssistantConfig config, TransportLimits limits) {
        this.transport = new Transport(config, limits);
        this.forwarding = new ForwardingProbe(transport);
        this.userEvents =
                new EventDispatcher(
                        new Backoff(new Secrets(), limits.retryFirst(), limits.retryLast()));
        this.administrator =
                new AdministratorConnection(
                        time,
                        limits,
                        transport,
                        config.token(),
                        forwarding,
                        userEvents,
                        capabilityTokens);
        this.users = new HomeAssistantUsers(administrator);
        this.loginFlows = new LoginFlows(transport, forwarding, administrator::signInOnce);
        this.tokens = new HomeAssistantTokens(transport, forwarding);
        this.tokenProbe = new TokenProbe(transport, limits, forwarding);
        this.webhookOwners = new WebhookOwners(transport, limits, config.token());
        this.personalTokens = new PersonalTokens(transport, limits, config.token());
        this.ownTokenRequests = new OwnTokenRequests(transport, limits);
    }

    /// Begins to connect. Listeners must be there already.
    public void start() {
        userEvents.start();
        administrator.start();
    }

    public HomeAssistantStatus status() {
        return administrator.status();
    }

    /// Waits until the first attempt to connect has ended, well or not, or the time is over.
    public HomeAssistantStatus awaitFirstAttempt(Duration limit) {
        return administrator.awaitFirstAttempt(limit);
    }

    /// Whether this is the user whose token the gateway itself has, as of the last connection.
    /// Never waits.
    public boolean isGatewaysOwn(String userId) {
        return administrator.isOwnUser(userId);
    }

    /// Whether to send `X-Forwarded-For`. Never waits.
    public ForwardedHeaders forwarded() {
        return forwarding.known();
    }

    public HomeAssistantUsers users() {
        return users;
    }

    public LoginFlows loginFlows() {
        return loginFlows;
    }

    public HomeAssistantTokens tokens() {
        return tokens;
    }

    public TokenProbe tokenProbe() {
        return tokenProbe;
    }

    public PersonalTokens personalTokens() {
        return personalTokens;
    }

    public OwnTokenRequests ownTokenRequests() {
        return ownTokenRequests;
    }

    /// Adds a listener; call it before [#start()].
    public void onUserEvent(UserEventListener listener) {
        userEvents.add(listener);
    }

    /// Every webhook that is registered now; none where webhooks are not loaded.
    public List<Webhook> webhooks() {
        return administrator
                .getIfLoaded("webhook/list")
                .valueStream()
                .filter(webhook -> !Json.text(webhook, "webhook_id").isEmpty())
                .map(
                        webhook ->
                                new Webhook(
                                        new Secret(Json.text(webhook, "webhook_id")),
                                        Json.text(webhook, "domain"),
                                        Json.text(webhook, "name"),
                                        Json.flag(webhook, "local_only")))
                .toList();
    }

    public WebhookOwners webhookOwners() {
        return webhookOwners;
    }

    /// Every page of the side bar, as an administrator sees it; none without a front end.
    public List<Panel> panels() {
        return administrator
                .getIfLoaded("get_panels")
                .propertyStream()
                .map(
                        panel ->
                                new Panel(
                                        panel.getKey(),
                                        Json.text(panel.getValue(), "component_name"),
                                        Json.flag(panel.getValue(), "require_admin")))
                .toList();
    }

    /// Whether the token in an image's address opens the image of this camera, image entity or
    /// media player now. Never waits.
    public boolean knowsCapabilityToken(String entityId, String token) {
        return capabilityTokens.knows(entityId, token);
    }

    /// Forgets the tokens of all images; Home Assistant's next ones are learned as they come.
    public void forgetCapabilityTokens() {
        capabilityTokens.clear();
    }

    /// Ends the administrator's connection for good; what needs none can still be asked.
    public void disconnect() {
        administrator.close();
    }

    @Override
    public void close() {
        administrator.close();
        userEvents.close();
        transport.close();
    }
}
