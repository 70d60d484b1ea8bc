package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A Home Assistant on a loopback port, which behaves as a real one was recorded to behave. Safe to
/// share between threads; whoever starts it closes it.
///
/// What a test wants to know or change goes through this class and happens on the thread of the
/// house, one thing after the other; what only the gateway may know goes over the port.
public final class ScriptedHomeAssistant implements AutoCloseable {

    private static final Duration LONG_LIVED = Duration.ofDays(3650);
    private static final Duration CAMERA_TOKEN = Duration.ofMinutes(5);
    private static final String NONE = "there is no such user: ";

    private final Loop loop = new Loop();
    private final Faults faults = new Faults();
    private final Sockets sockets = new Sockets();
    private final AddOns addOns = new AddOns();
    private final TransferApi transfers = new TransferApi();
    private final FrontendApi frontend;
    private final Record record;
    private final House house;
    private final Server server;
    private final Media media;
    private final String administratorToken;
    private final int port;
    private Listener listener;

    private final Encryption encryption;

    private ScriptedHomeAssistant(HomeOptions options, Encryption encryption) {
        this.encryption = encryption;
        this.record = new Record(options.recordBytesMax());
        this.house = loop.call(() -> new House(options));
        this.frontend = new FrontendApi(house);
        var bans = new Bans(options.loginAttemptsMax());
        var door = new Door(house, endpoints(bans), faults, bans);
        this.server = new Server(house, loop, door, commands(), sockets, bans, faults, record);
        this.media = new Media(loop, house, addOns);
        this.administratorToken =
                loop.call(
                        () ->
                                house.users().all().stream()
                                        .filter(User::isOwner)
                                        .findFirst()
                                        .flatMap(this::administratorTokenOf)
                                        .orElse(""));
        var rotation =
                new Beat(loop, CAMERA_TOKEN, () -> house.capabilities().rotateCameraTokens());
        loop.run(rotation::start);
        this.listener = Listener.open(options.port(), server, encryption);
        this.port = listener.port();
    }

    private Optional<String> administratorTokenOf(User owner) {
        return house.longLivedToken(owner, "administrator", LONG_LIVED);
    }

    public static ScriptedHomeAssistant start() {
        return start(HomeOptions.defaults());
    }

    public static ScriptedHomeAssistant start(HomeOptions options) {
        return new ScriptedHomeAssistant(options, new Encryption.None());
    }

    /// Starts one that is reached by `https` only.
    public static ScriptedHomeAssistant start(HomeOptions options, HomeCertificate certificate) {
        return new ScriptedHomeAssistant(options, new Encryption.Tls(certificate.context()));
    }

    private Endpoints endpoints(Bans bans) {
        var endpoints = new Endpoints();
        new SignInApi(house, bans).addTo(endpoints);
        new TokenApi(house, bans).addTo(endpoints);
        new DiscoveryApi(house).addTo(endpoints);
        new OnboardingApi(house).addTo(endpoints);
        SocketApi.addTo(endpoints);
        new CoreApi(house).addTo(endpoints);
        new StreamApi(house, loop).addTo(endpoints);
        new MediaApi(house, loop).addTo(endpoints);
        new VoiceApi(house).addTo(endpoints);
        new WebhookApi(house).addTo(endpoints);
        transfers.addTo(endpoints);
        new IngressApi(addOns).addTo(endpoints);
        frontend.addTo(endpoints);
        return endpoints;
    }

    private Commands commands() {
        var commands = new Commands();
        SystemCommands.addTo(commands);
        SubscriptionCommands.addTo(commands);
        OwnTokenCommands.addTo(commands);
        UserCommands.addTo(commands);
        CredentialCommands.addTo(commands, house.version());
        PersonCommands.addTo(commands);
        new FrontendCommands(addOns).addTo(commands);
        return commands;
    }

    /// Updates the home: its front end is another one from now on, with files of other names, and
    /// every socket closes. The page says its release in the attribute `data-release` of its body.
    /// What the home does stays as it was.
    public void updateTo(String release) {
        house.announceVersion(release);
        frontend.upgrade(release);
        closeSockets();
    }

    /// Scheme, address and port, without a path.
    public URI url() {
        return URI.create(encryption.scheme() + "://127.0.0.1:" + port);
    }

    /// A long-lived token of the owner; empty before the house is set up.
    public String administratorToken() {
        return administratorToken;
    }

    /// What arrived at the port.
    public Record record() {
        return record;
    }

    /// What goes wrong on purpose.
    public Faults faults() {
        return faults;
    }

    /// Pictures, streams, add-ons and signed paths.
    public Media media() {
        return media;
    }

    public List<HomeUser> users() {
        return loop.call(() -> house.users().all().stream().map(HomeUser::of).toList());
    }

    public Optional<HomeUser> userNamed(String name) {
        return loop.call(() -> house.users().byName(name).map(HomeUser::of));
    }

    /// Makes a user who can sign in, and a person of the same name.
    ///
    /// @param group such as `system-users`
    public HomeUser addUser(String name, String username, String password, String group) {
        return loop.call(
                () -> {
                    User user = house.users().create(name, List.of(group));
                    house.users().link(user, house.users().addCredential(username, password));
                    var _ = house.people().add(name, user.id());
                    return HomeUser.of(user);
                });
    }

    /// A user name and a password of nobody, as a careless tool leaves them: who signs in so
    /// becomes a fresh administrator.
    public void addUnlinkedCredential(String username, String password) {
        loop.run(() -> house.users().addCredential(username, password));
    }

    /// Whether there is a credential of this user name, linked to somebody or not.
    public boolean hasCredential(String username) {
        return loop.call(() -> house.users().credential(username).isPresent());
    }

    /// Removes a user name, as a restored backup may do.
    public void removeCredential(String username) {
        loop.run(() -> house.users().credential(username).ifPresent(house.users()::remove));
    }

    /// Changes a password, as a restored backup may do.
    public void setPassword(String username, String password) {
        loop.run(() -> house.users().credential(username).orElseThrow().changePassword(password));
    }

    /// As `config/auth/update` does with `is_active`.
    public void setActive(String userId, boolean isActive) {
        loop.run(
                () -> {
                    User user = user(userId);
                    if (isActive) {
                        user.setActive(true);
                    } else {
                        house.deactivate(user);
                    }
                    house.users().updated(user);
                });
    }

    /// As `config/auth/update` does with `local_only`.
    public void setLocalOnly(String userId, boolean isLocalOnly) {
        loop.run(
                () -> {
                    user(userId).setLocalOnly(isLocalOnly);
                    house.users().updated(user(userId));
                });
    }

    /// As `config/auth/delete` does.
    public void deleteUser(String userId) {
        loop.run(() -> house.delete(user(userId)));
    }

    /// From now on, signing in as this user asks for a code.
    public void enableTotp(String userId) {
        enableMfa(userId, MfaModule.TOTP);
    }

    public void disableTotp(String userId) {
        loop.run(() -> user(userId).mfaSecrets().remove(MfaModule.TOTP));
    }

    /// From now on, signing in as this user asks for a code of this kind, or first for a choice
    /// where another kind is set up too.
    public void enableMfa(String userId, MfaModule module) {
        loop.run(() -> user(userId).mfaSecrets().put(module, Totp.newSecret()));
    }

    /// What the user's authenticator app shows now.
    public String totpCode(String userId) {
        return mfaCode(userId, MfaModule.TOTP);
    }

    /// The code that is accepted now.
    public String mfaCode(String userId, MfaModule module) {
        return loop.call(
                () ->
                        Totp.code(
                                Objects.requireNonNull(user(userId).mfaSecrets().get(module)),
                                house.options().time().instant()));
    }

    /// A sign-in that happened before anybody stood in front of the house.
    public Tokens signInDirectly(String username, String password, String clientId) {
        return loop.call(
                () -> {
                    User user =
                            house.users()
                                    .check(username, password)
                                    .flatMap(house.users()::userOf)
                                    .orElseThrow(
                                            () ->
                                                    new IllegalArgumentException(
                                                            "not the password of " + username));
                    var purpose = RefreshToken.Purpose.signIn(clientId);
                    RefreshToken token = house.tokens().create(user, purpose);
                    String access = house.tokens().accessToken(token, "127.0.0.1");
                    return new Tokens(access, token.value(), token.id());
                });
    }

    /// A token for ten years, as a script holds it.
    ///
    /// @throws IllegalArgumentException where the user has one of this name
    public String longLivedToken(String userId, String name) {
        return loop.call(
                () ->
                        house.longLivedToken(user(userId), name, LONG_LIVED)
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "the name is used: " + name)));
    }

    /// What the Cast receiver holds: tokens of the system user of this integration.
    public CastTokens castToken() {
        return loop.call(
                () -> {
                    User user =
                            house.users()
                                    .byName("Home Assistant Cast")
                                    .orElseGet(
                                            () ->
                                                    house.users()
                                                            .createSystemUser(
                                                                    "Home Assistant Cast",
                                                                    List.of(User.ADMIN)));
                    RefreshToken token = house.tokens().create(user, RefreshToken.Purpose.system());
                    String access = house.tokens().accessToken(token, null);
                    return new CastTokens(user.id(), access, token.value());
                });
    }

    /// The ids of the refresh tokens that a user has now, the oldest first.
    public List<String> refreshTokenIds(String userId) {
        return loop.call(
                () -> house.tokens().of(user(userId)).stream().map(RefreshToken::id).toList());
    }

    /// @return the webhook id of a new phone
    public String registerPhone(String userId) {
        ObjectNode registration = Json.object().put("device_name", "Phone of " + userId);
        return loop.call(() -> house.phones().register(user(userId), registration));
    }

    /// Deletes a phone's entry; its webhook answers 410 from now on.
    public void removePhone(String webhookId) {
        loop.run(() -> house.phones().remove(webhookId));
    }

    /// @return the webhook id of a new automation
    public String registerAutomation(String name, boolean isLocalOnly) {
        return loop.call(() -> house.phones().addAutomation(name, isLocalOnly));
    }

    /// @throws IllegalArgumentException where there is no such entity
    public String state(String entityId) {
        return loop.call(() -> house.states().find(entityId))
                .map(EntityState::state)
                .orElseThrow(() -> new IllegalArgumentException("there is no entity " + entityId));
    }

    /// Sets a state, and makes the entity where there was none.
    public void setState(String entityId, String state) {
        loop.run(() -> house.states().setState(entityId, state, Context.ofHouse()));
    }

    /// Adds entities with long attributes, for messages of tens of megabytes.
    public void addBulk(int entities, int attributeBytes) {
        String filling = "x".repeat(attributeBytes);
        loop.run(
                () -> {
                    for (int i = 0; i < entities; i++) {
                        ObjectNode attributes = Json.object().put("filling", filling);
                        house.states().set("sensor.bulk_" + i, "on", attributes, Context.ofHouse());
                    }
                });
    }

    public void fireEvent(String type, Map<String, String> data) {
        ObjectNode json = Json.object();
        data.forEach(json::put);
        loop.run(() -> house.bus().fire(type, json, Context.ofHouse()));
    }

    /// The configured external address; empty where there is none.
    public String externalUrl() {
        return loop.call(() -> house.settings().externalUrl());
    }

    /// The newest body that was taken in by an upload path.
    public Optional<ReceivedUpload> lastUpload() {
        return loop.call(transfers::last);
    }

    /// The SHA-256 of what `/api/backup/download/<id>?size=<bytes>` sends.
    public static String downloadSha256(long bytes) {
        return Filling.sha256(bytes);
    }

    /// Websockets that are open now, signed in or not.
    public int openSockets() {
        return loop.call(sockets::count);
    }

    public int openSocketsOf(String userId) {
        return loop.call(() -> sockets.countOf(userId));
    }

    /// Ends every websocket with code 1000.
    public void closeSockets() {
        loop.run(sockets::closeAll);
    }

    /// Ends every websocket without a word.
    public void cutSockets() {
        loop.run(sockets::cutAll);
    }

    /// Stops as Home Assistant stops: sockets end with code 1000, the port closes, and what lives
    /// in memory only is lost: codes, login flows, the secret of signed paths.
    public synchronized void stop() {
        loop.run(sockets::closeAll);
        listener.close();
        loop.run(house::forgetWhatARestartLoses);
    }

    /// Cannot be reached any more, as behind a pulled cable: the port is closed and every
    /// connection ends, and nothing is forgotten. [#startAgain] plugs it in.
    public synchronized void unplug() {
        listener.close();
    }

    /// Listens again, on the same port, with what was stored.
    public synchronized void startAgain() {
        listener = Listener.open(port, server, encryption);
    }

    private User user(String userId) {
        return house.users()
                .byId(userId)
                .orElseThrow(() -> new IllegalArgumentException(NONE + userId));
    }

    @Override
    public synchronized void close() {
        listener.close();
        loop.close();
    }
}
