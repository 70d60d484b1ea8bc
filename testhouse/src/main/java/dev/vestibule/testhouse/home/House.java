package dev.vestibule.testhouse.home;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything that the house knows. Lives on the event loop, as all its parts do.
final class House {

    private final HomeOptions options;
    private final HomeVersion version;
    private volatile String announcedVersion;
    private final EventBus bus;
    private final UserStore users;
    private final TokenStore tokens;
    private final AuthorizationCodes codes;
    private final LoginFlows flows;
    private final PathSigner signer;
    private final States states;
    private final Capabilities capabilities;
    private final Services services;
    private final Phones phones = new Phones();
    private final People people = new People();
    private final Settings settings;
    private final User contentUser;

    House(HomeOptions options) {
        this.options = options;
        this.version = HomeVersion.parse(options.version());
        this.announcedVersion = options.version();
        this.bus = new EventBus(options.time());
        this.users = new UserStore(bus);
        this.tokens = new TokenStore(options.time(), version);
        this.codes = new AuthorizationCodes(options.time());
        this.flows = new LoginFlows(options.time(), version, users);
        this.signer = new PathSigner(options.time(), tokens);
        this.states = new States(options.time(), bus);
        this.capabilities = new Capabilities(states);
        this.services = new Services(states);
        this.settings = new Settings(options);
        this.contentUser =
                users.createSystemUser("Home Assistant Content", List.of(User.READ_ONLY));
        Furnishing.put(states);
        if (options.isOnboarded()) {
            var _ = addOwner("Owner", options.ownerUsername(), options.ownerPassword());
        }
    }

    /// The first user, with a person of the same name.
    Credential addOwner(String name, String username, String password) {
        User owner = users.create(name, List.of(User.ADMIN));
        Credential credential = users.addCredential(username, password);
        users.link(owner, credential);
        var _ = people.add(name, owner.id());
        return credential;
    }

    /// A token that lives for its own time; empty where the user has one of this name already.
    Optional<String> longLivedToken(User user, String name, Duration lifetime) {
        boolean isTaken =
                tokens.of(user).stream()
                        .anyMatch(
                                token ->
                                        token.purpose().kind() == RefreshToken.Kind.LONG_LIVED
                                                && token.purpose().clientName().equals(name));
        if (isTaken) {
            return Optional.empty();
        }
        var purpose = RefreshToken.Purpose.longLived(name, lifetime);
        RefreshToken token =
                user.isDeleted()
                        ? tokens.unregistered(user, purpose)
                        : tokens.create(user, purpose);
        return Optional.of(tokens.accessToken(token, null));
    }

    boolean isOnboarded() {
        return users.all().stream().anyMatch(User::isOwner);
    }

    /// Why a user is not let in, or nothing.
    Optional<String> refusal(User user, InetAddress remote) {
        if (!user.isActive()) {
            return Optional.of("User is not active");
        }
        return user.isLocalOnly() && !Addresses.isLocal(remote)
                ? Optional.of("User cannot authenticate remotely")
                : Optional.empty();
    }

    void deactivate(User user) {
        user.setActive(false);
        if (version.deactivationRemovesTokens()) {
            tokens.of(user).forEach(tokens::remove);
        }
    }

    void delete(User user) {
        tokens.forgetAllOf(user);
        users.delete(user);
        people.forgetUser(user.id());
    }

    /// What lives in memory only is gone.
    void forgetWhatARestartLoses() {
        codes.clear();
        flows.clear();
        signer.changeSecret();
        capabilities.rotateCameraTokens();
    }

    HomeOptions options() {
        return options;
    }

    HomeVersion version() {
        return version;
    }

    /// What the home says of its release; it behaves as [#version()] does.
    String announcedVersion() {
        return announcedVersion;
    }

    void announceVersion(String release) {
        announcedVersion = release;
    }

    EventBus bus() {
        return bus;
    }

    UserStore users() {
        return users;
    }

    TokenStore tokens() {
        return tokens;
    }

    AuthorizationCodes codes() {
        return codes;
    }

    LoginFlows flows() {
        return flows;
    }

    PathSigner signer() {
        return signer;
    }

    States states() {
        return states;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    Services services() {
        return services;
    }

    Phones phones() {
        return phones;
    }

    People people() {
        return people;
    }

    Settings settings() {
        return settings;
    }

    /// In whose name Home Assistant signs media for speakers.
    User contentUser() {
        return contentUser;
    }
}
