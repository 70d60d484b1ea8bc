package dev.vestibule.testhouse.home;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Who lives here and who may sign in as whom. Lives on the event loop; survives a restart.
final class UserStore {

    private final EventBus bus;
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, Credential> credentials = new LinkedHashMap<>();

    UserStore(EventBus bus) {
        this.bus = bus;
    }

    List<User> all() {
        return List.copyOf(users.values());
    }

    Optional<User> byId(String id) {
        return Optional.ofNullable(users.get(id));
    }

    Optional<User> byName(String name) {
        return users.values().stream().filter(user -> user.name().equals(name)).findFirst();
    }

    /// The first one who is no system user becomes the owner.
    User create(String name, List<String> groupIds) {
        boolean isFirst = users.values().stream().allMatch(User::isSystemGenerated);
        return add(new User(name, groupIds, isFirst, false));
    }

    User createSystemUser(String name, List<String> groupIds) {
        return add(new User(name, groupIds, false, true));
    }

    private User add(User user) {
        users.put(user.id(), user);
        bus.fireUserEvent("user_added", user);
        return user;
    }

    void updated(User user) {
        bus.fireUserEvent("user_updated", user);
    }

    void delete(User user) {
        for (Credential credential : List.copyOf(user.credentials())) {
            remove(credential);
        }
        user.markDeleted();
        users.remove(user.id());
        bus.fireUserEvent("user_removed", user);
    }

    static String normalize(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }

    Optional<Credential> credential(String username) {
        return Optional.ofNullable(credentials.get(normalize(username)));
    }

    /// A credential that belongs to nobody yet.
    Credential addCredential(String username, String password) {
        var credential = new Credential(normalize(username), password);
        credentials.put(credential.username(), credential);
        return credential;
    }

    void link(User user, Credential credential) {
        credential.link(user);
        user.credentials().add(credential);
    }

    void remove(Credential credential) {
        credential.user().ifPresent(user -> user.credentials().remove(credential));
        credential.unlink();
        credentials.remove(credential.username());
    }

    void rename(Credential credential, String username) {
        credentials.remove(credential.username());
        credential.rename(normalize(username));
        credentials.put(credential.username(), credential);
    }

    Optional<Credential> check(String username, String password) {
        return credential(username).filter(credential -> credential.opensWith(password));
    }

    /// The user of a credential; one that was never linked makes a fresh administrator, which is
    /// what makes the order of creation matter.
    Optional<User> userOf(Credential credential) {
        if (!credential.isNew()) {
            return credential.user();
        }
        User user = create(credential.username(), new ArrayList<>(List.of(User.ADMIN)));
        link(user, credential);
        return Optional.of(user);
    }
}
