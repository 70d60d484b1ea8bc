package dev.vestibule.config;

import dev.vestibule.network.Cidr;
import dev.vestibule.secret.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The configuration of a minimal gateway, which has no way in but the code of its console.
public final class Rescue {

    private static final Pattern LISTEN = Pattern.compile("(.+):([0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    private Rescue() {}

    /// What an operator says where no configuration can be read.
    ///
    /// @param tokenFile of an administrator of Home Assistant
    /// @param listen address and port
    /// @param lan from where the code may be used
    /// @param trustedProxies reverse proxies in front
    public record Named(
            String homeAssistant,
            String publicUrl,
            Path tokenFile,
            String listen,
            List<String> lan,
            List<String> trustedProxies) {
        public Named {
            lan = List.copyOf(lan);
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /// The same homes at the same address, without providers and with an empty database.
    ///
    /// @param temporary the data directory
    public static GatewayConfig of(GatewayConfig whole, Path temporary) {
        return minimal(
                whole.listen(),
                temporary,
                whole.network(),
                whole.homes().stream().map(Rescue::stripped).toList());
    }

    /// As [#of(GatewayConfig, Path)], at an address of its own, where no app comes by.
    ///
    /// @throws IllegalArgumentException with a sentence for the operator
    public static GatewayConfig of(
            GatewayConfig whole, Path temporary, String publicUrl, String listen) {
        if (whole.homes().size() != 1) {
            throw new IllegalArgumentException(
                    "There are several homes; --public-url cannot be the address of all.");
        }
        HomeConfig home = whole.homes().getFirst();
        return minimal(
                listen(listen),
                temporary,
                whole.network(),
                List.of(
                        minimal(
                                home.name(),
                                origin(publicUrl, "--public-url"),
                                List.of(),
                                home.homeAssistant(),
                                home.signIn().breakGlass())));
    }

    private static HomeConfig stripped(HomeConfig home) {
        return minimal(
                home.name(),
                home.publicUrl(),
                home.origins(),
                home.homeAssistant(),
                home.signIn().breakGlass());
    }

    private static HomeConfig minimal(
            HomeId name,
            Origin publicUrl,
            List<Origin> origins,
            HomeAssistantConfig homeAssistant,
            BreakGlassConfig breakGlass) {
        return new HomeConfig(
                name,
                publicUrl,
                origins,
                true,
                homeAssistant,
                Defaults.ROLES,
                Defaults.ROUTES,
                Defaults.SESSION,
                Defaults.APPS,
                closed(breakGlass),
                Defaults.CLIENTS,
                ExistingTokens.DENY,
                LongLivedTokens.DENY,
                Defaults.WEBHOOK_MIGRATION);
    }

    private static SignInConfig closed(BreakGlassConfig breakGlass) {
        SignInConfig usual = Defaults.SIGN_IN;
        return new SignInConfig(
                LocalLogin.OFF, Linking.OFF, false, usual.apps(), breakGlass, List.of());
    }

    /// @throws IllegalArgumentException with a sentence for the operator
    public static GatewayConfig of(Named named, Path temporary) {
        Origin publicUrl = origin(named.publicUrl(), "--public-url");
        Origin homeAssistant = origin(named.homeAssistant(), "--home-assistant");
        HomeConfig home =
                minimal(
                        Defaults.HOME_NAME,
                        publicUrl,
                        List.of(),
                        new HomeAssistantConfig(
                                URI.create(homeAssistant.toString()),
                                token(named.tokenFile()),
                                List.of()),
                        Defaults.BREAK_GLASS);
        return minimal(
                listen(named.listen()),
                temporary,
                new NetworkConfig(
                        networks(named.trustedProxies(), "--trusted-proxy"),
                        networks(named.lan(), "--lan")),
                List.of(home));
    }

    private static GatewayConfig minimal(
            ListenConfig listen, Path temporary, NetworkConfig network, List<HomeConfig> homes) {
        return new GatewayConfig(
                listen,
                temporary,
                List.of(),
                network,
                homes,
                List.of(),
                List.of(),
                List.of(),
                Defaults.DEPROVISIONING,
                Defaults.LIMITS,
                ManagementConfig.OFF,
                Defaults.AUDIT,
                Defaults.LOG);
    }

    private static Origin origin(String text, String option) {
        return Origin.parse(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        option
                                                + " needs scheme, host and port only, such as"
                                                + " http://homeassistant:8123."));
    }

    private static Secret token(Path file) {
        return switch (TextFiles.read(file)) {
            case Parsed.Good<String>(var text) -> new Secret(text.strip());
            case Parsed.Bad<String>(var sentence) -> throw new IllegalArgumentException(sentence);
        };
    }

    private static ListenConfig listen(String text) {
        Matcher parts = LISTEN.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > PORT_MAX) {
            throw new IllegalArgumentException(
                    "--listen needs an address and a port, such as 0.0.0.0:8124.");
        }
        String address = parts.group(1).replaceAll("^\\[(.*)]$", "$1");
        return new ListenConfig(address, Integer.parseInt(parts.group(2)));
    }

    private static List<Cidr> networks(List<String> texts, String option) {
        return texts.stream()
                .map(
                        text ->
                                Cidr.parse(text)
                                        .orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                option
                                                                        + " needs a network, such"
                                                                        + " as 192.168.1.0/24.")))
                .toList();
    }
}
