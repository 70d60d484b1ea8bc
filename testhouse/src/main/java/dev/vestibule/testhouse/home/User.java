package dev.vestibule.testhouse.home;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A user of the house. Lives on the event loop, and lives on in open sockets after it was deleted.
final class User {

    static final String ADMIN = "system-admin";
    static final String USERS = "system-users";
    static final String READ_ONLY = "system-read-only";
    static final List<String> GROUPS = List.of(ADMIN, USERS, READ_ONLY);

    private final String id = Ids.id();
    private final boolean isSystemGenerated;
    private final boolean isOwner;
    private final List<Credential> credentials = new ArrayList<>();
    private String name;
    private List<String> groupIds;
    private boolean isActive = true;
    private boolean isLocalOnly;
    private boolean isDeleted;
    private final Map<MfaModule, String> mfaSecrets = new EnumMap<>(MfaModule.class);

    User(String name, List<String> groupIds, boolean isOwner, boolean isSystemGenerated) {
        this.name = name;
        this.groupIds = List.copyOf(groupIds);
        this.isOwner = isOwner;
        this.isSystemGenerated = isSystemGenerated;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    List<String> groupIds() {
        return groupIds;
    }

    void setGroupIds(List<String> ids) {
        groupIds = List.copyOf(ids);
    }

    boolean isOwner() {
        return isOwner;
    }

    boolean isSystemGenerated() {
        return isSystemGenerated;
    }

    boolean isActive() {
        return isActive;
    }

    void setActive(boolean active) {
        isActive = active;
    }

    boolean isLocalOnly() {
        return isLocalOnly;
    }

    void setLocalOnly(boolean localOnly) {
        isLocalOnly = localOnly;
    }

    boolean isDeleted() {
        return isDeleted;
    }

    void markDeleted() {
        isDeleted = true;
    }

    boolean isAdmin() {
        return isOwner || (isActive && groupIds.contains(ADMIN));
    }

    boolean mayControl() {
        return isOwner || groupIds.contains(ADMIN) || groupIds.contains(USERS);
    }

    boolean mayRead() {
        return mayControl() || groupIds.contains(READ_ONLY);
    }

    List<Credential> credentials() {
        return credentials;
    }

    Optional<Credential> firstCredential() {
        return credentials.stream().findFirst();
    }

    /// The second factors that were set up, each with its secret in Base32.
    Map<MfaModule, String> mfaSecrets() {
        return mfaSecrets;
    }
}
