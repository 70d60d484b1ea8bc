package dev.vestibule.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What holds where the file says nothing. Every default stands here or, where a record is also
/// made without a file, in that record's own constant.
public final class Defaults {

    public static final ListenConfig LISTEN = new ListenConfig("::", 8124);
    public static final Path DATA_DIRECTORY = Path.of("data");
    public static final NetworkConfig NETWORK = new NetworkConfig(List.of(), List.of());
    public static final HomeId HOME_NAME = new HomeId("home");
    public static final RolesConfig ROLES =
            new RolesConfig(Set.of(), Set.of(), Set.of(), List.of());
    public static final RoutesConfig ROUTES =
            new RoutesConfig(
                    RoutesConfig.Shell.CACHED,
                    RoutesConfig.PublicFiles.SESSION,
                    RoutesConfig.Capability.KNOWN);
    public static final ExistingTokens EXISTING_TOKENS = ExistingTokens.ADOPT;
    public static final LongLivedTokens LONG_LIVED_TOKENS = LongLivedTokens.TRACK;
    public static final Duration WEBHOOK_MIGRATION = Duration.ofDays(30);
    public static final SessionConfig SESSION =
            new SessionConfig(Duration.ofDays(14), Duration.ofDays(90));
    public static final AppsConfig APPS = new AppsConfig(Duration.ofDays(90), Lifetimes.NEVER);
    public static final BreakGlassConfig BREAK_GLASS =
            new BreakGlassConfig("Emergency administrator", Duration.ofMinutes(15), false);
    public static final SignInConfig SIGN_IN =
            new SignInConfig(
                    LocalLogin.OFF, Linking.OFF, false, AppSignIn.HAND_OFF, BREAK_GLASS, List.of());
    public static final ClientsConfig CLIENTS =
            new ClientsConfig(List.of(), List.of(), List.of(), ClientsConfig.UnknownClients.REFUSE);
    public static final DeprovisioningConfig DEPROVISIONING = DeprovisioningConfig.DEFAULTS;
    public static final LimitsConfig LIMITS = LimitsConfig.DEFAULTS;
    public static final ManagementConfig MANAGEMENT = ManagementConfig.OFF;
    public static final AuditConfig AUDIT = AuditConfig.DEFAULTS;
    public static final LogConfig LOG = LogConfig.DEFAULTS;

    private Defaults() {}
}
