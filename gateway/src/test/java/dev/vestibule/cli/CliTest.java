package dev.vestibule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.LogConfig;
import dev.vestibule.leave.Although;
import dev.vestibule.log.LogSettings;
import dev.vestibule.secret.MasterKey;
import dev.vestibule.secret.Secrets;
import dev.vestibule.store.Database;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class CliTest {

    private static final String CONFIG =
            """
            home:
              public-url: https://home.example.org
              home-assistant: {url: 'http://homeassistant:8123', token: a-long-token}
              roles: {admin: house-admins}
            providers:
              - id: authentik
                issuer: https://auth.example.org/
                client-id: vestibule
                client-secret: a-client-secret
            """;

    @TempDir Path directory;
    private final ScriptedTerminal terminal = ScriptedTerminal.ofAScript();
    private final RecordedCommands commands = new RecordedCommands();
    private String file = "";

    @BeforeEach
    void writeAConfiguration() throws IOException {
        file = write(CONFIG);
    }

    private String write(String yaml) throws IOException {
        Path path = Files.writeString(directory.resolve("vestibule.yaml"), yaml);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return path.toString();
    }

    @Test
    void checkPrintsWhatIsInForceWithSecretsHidden() {
        assertThat(CliRun.with(terminal).run("check", "--config", file)).isZero();

        assertThat(terminal.printed())
                .contains("public-url: https://home.example.org")
                .contains("token: \"[secret]\"")
                .contains("idle-timeout: 14d")
                .contains("redirect URI https://home.example.org/auth/vestibule/callback/authentik")
                .doesNotContain("a-long-token", "a-client-secret");
        assertThat(terminal.complained()).isEmpty();
    }

    @Test
    void checkTellsEveryProblemWithItsLine() throws IOException {
        String wrong = write(CONFIG.replace("https://home", "home").replace("issuer", "isuer"));

        assertThat(CliRun.with(terminal).run("check", "-c", wrong)).isEqualTo(1);

        assertThat(terminal.complained())
                .contains("line 2, home.public-url: ")
                .contains("line 6, providers[0].issuer: 'issuer' is missing.")
                .contains("line 7, providers[0].isuer: ")
                .endsWith("3 problems in " + wrong + System.lineSeparator());
        assertThat(terminal.printed()).isEmpty();
    }

    @Test
    void checkWarnsAndGoesOn() throws IOException {
        String odd = write(CONFIG.replace("admin:", "user:"));

        assertThat(CliRun.with(terminal).run("check", "-c", odd)).isZero();

        assertThat(terminal.complained())
                .startsWith("warning: " + odd + ", line 4, home.roles.admin: Nobody who signs in");
    }

    @Test
    void aMissingConfigurationIsOneSentence() {
        Path none = directory.resolve("none.yaml");

        assertThat(CliRun.with(terminal).run("check", "--config", none.toString())).isEqualTo(1);

        assertThat(terminal.complained())
                .contains(none + " does not exist.")
                .contains("vestibule setup")
                .doesNotContain("\tat ");
    }

    @Test
    void theEnvironmentNamesTheConfiguration() {
        Surroundings surroundings =
                new Surroundings(
                        InstantSource.system(),
                        new Secrets(),
                        Map.of("VESTIBULE_CONFIG", file),
                        terminal,
                        CliRun.with(terminal).stopSignal(),
                        CliRun.with(terminal).starter());

        assertThat(Cli.commandLine(surroundings).execute("check")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frobnicate",
                "serve --port 1",
                "account",
                "account suspend",
                "account link ada",
                "grant approve",
                "scim-client",
                "scim-client add",
                "scim-client add okta --network",
                "scim-client give okta",
                "deprovisioning allow",
                "local-login",
                "local-login on",
                "check one two"
            })
    void wrongUseIsToldInALineAndEndsWithTwo(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ", -1);

        assertThat(CliRun.with(terminal).run(arguments)).isEqualTo(2);

        assertThat(terminal.complained()).contains("vestibule").doesNotContain("\tat ");
        assertThat(terminal.printed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "check",
                "doctor",
                "setup",
                "account",
                "account list",
                "account link",
                "account suspend",
                "account restore",
                "account remove",
                "account sign-out",
                "grant",
                "grant list",
                "grant approve",
                "grant revoke",
                "scim-client",
                "scim-client list",
                "scim-client add",
                "scim-client rotate",
                "scim-client remove",
                "scim-client give",
                "deprovisioning",
                "deprovisioning list",
                "deprovisioning allow",
                "deprovisioning dismiss",
                "break-glass",
                "local-login",
                "local-login on",
                "local-login off",
                "local-login status",
                "leave",
                "version"
            })
    void everyCommandExplainsItself(String line) {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ", -1)));
        arguments.remove("");
        arguments.add("--help");

        assertThat(CliRun.with(terminal).run(arguments.toArray(String[]::new))).isZero();

        assertThat(terminal.printed())
                .startsWith(("Usage: vestibule " + line).strip())
                .containsPattern("[A-Z][a-zA-Z, ]+.*\\.");
    }

    @Test
    void furtherCommandsCanBeAdded() {
        CommandLine line =
                Cli.commandLine(
                        new Surroundings(
                                InstantSource.system(),
                                new Secrets(),
                                Map.of(),
                                terminal,
                                CliRun.with(terminal).stopSignal(),
                                CliRun.with(terminal).starter()));
        CommandSpec demo =
                CommandSpec.wrapWithoutInspection(
                        (Runnable) () -> terminal.out().println("the demo runs"));

        line.addSubcommand("demo", demo);

        assertThat(line.execute("demo")).isZero();
        assertThat(terminal.printed()).contains("the demo runs");
    }

    @Test
    void accountAndGrantCommandsReachTheRunningGateway() {
        try (ControlServer _ = ControlServer.open(directory.resolve("data"), commands)) {
            CliRun cli = CliRun.with(terminal);
            assertThat(cli.run("account", "list", "-c", file)).isZero();
            assertThat(cli.run("account", "link", "ada", "user-1", "--home", "lake", "-c", file))
                    .isZero();
            assertThat(cli.run("account", "suspend", "ada", "-c", file)).isZero();
            assertThat(cli.run("account", "restore", "ada", "-c", file)).isZero();
            assertThat(cli.run("account", "sign-out", "ada", "-c", file)).isZero();
            assertThat(cli.run("account", "remove", "ada", "-c", file)).isZero();
            assertThat(cli.run("grant", "list", "-c", file)).isZero();
            assertThat(cli.run("grant", "approve", "g-1", "-c", file)).isZero();
            assertThat(cli.run("grant", "revoke", "g-1", "-c", file)).isZero();
        }

        assertThat(commands.asked())
                .containsExactly(
                        "accounts",
                        "link ada 'lake' user-1",
                        "suspend ada",
                        "restore ada",
                        "sign-out ada",
                        "remove ada",
                        "grants",
                        "approve g-1",
                        "revoke g-1");
        assertThat(terminal.printed())
                .contains("a-1  ada")
                .contains("home: admin, lake: user")
                .contains("ada is now A\uFFFD[2Jda.\nFrom the next sign-in on.\n")
                .contains("ada is out.")
                .contains("g-1  home  service  -        Cast  waiting")
                .doesNotContain("\u001B");
        assertThat(terminal.complained()).isEmpty();
    }

    @Test
    void scimClientCommandsReachTheRunningGateway() {
        try (ControlServer _ = ControlServer.open(directory.resolve("data"), commands)) {
            CliRun cli = CliRun.with(terminal);
            assertThat(cli.run("scim-client", "list", "-c", file)).isZero();
            assertThat(cli.run("scim-client", "add", "okta", "-c", file)).isZero();
            assertThat(
                            cli.run(
                                    "scim-client",
                                    "add",
                                    "ping",
                                    "--provider",
                                    "none",
                                    "--network",
                                    "192.0.2.0/24",
                                    "--network",
                                    "2001:db8::/48",
                                    "-c",
                                    file))
                    .isZero();
            assertThat(cli.run("scim-client", "rotate", "okta", "-c", file)).isZero();
            assertThat(cli.run("scim-client", "rotate", "okta", "--finish", "-c", file)).isZero();
            assertThat(cli.run("scim-client", "give", "okta", "ada", "-c", file)).isZero();
            assertThat(cli.run("scim-client", "remove", "okta", "-c", file)).isZero();
        }

        assertThat(commands.asked())
                .containsExactly(
                        "scim-clients",
                        "add okta '' []",
                        "add ping 'none' [192.0.2.0/24, 2001:db8::/48]",
                        "rotate okta",
                        "finish okta",
                        "give okta ada",
                        "remove client okta");
        assertThat(terminal.printed())
                .contains("okta  keycloak  anywhere")
                .contains("\nvst_scim_1\n")
                .contains("\nvst_scim_2\n");
        assertThat(terminal.complained()).contains("Keep it.").doesNotContain("vst_scim");
    }

    @Test
    void theAuditLogIsExportedPageByPageAsOneJsonObjectALine() {
        CliRun cli = CliRun.with(terminal);
        try (ControlServer _ = ControlServer.open(directory.resolve("data"), commands)) {
            assertThat(cli.run("audit", "export", "--account", "ada", "-c", file)).isZero();
        }

        assertThat(terminal.printed().lines())
                .containsExactly(
                        "{\"id\":\"e-1\",\"at\":\"2026-01-02T03:04:05Z\","
                                + "\"event\":\"SignInRefused\",\"address\":\"192.0.2.7\","
                                + "\"detail\":{\"who\":\"eve \\u001B[31m\","
                                + "\"reason\":\"no-role\"}}",
                        "{\"id\":\"e-2\",\"at\":\"2026-01-02T03:04:05Z\","
                                + "\"event\":\"SignInRefused\",\"address\":\"192.0.2.7\","
                                + "\"detail\":{\"who\":\"eve \\u001B[31m\","
                                + "\"reason\":\"no-role\"}}");
        assertThat(commands.asked().getLast()).contains("account=ada").endsWith("'further'");
    }

    @Test
    void theAuditLogIsListedUpToALimit() {
        CliRun cli = CliRun.with(terminal);
        try (ControlServer _ = ControlServer.open(directory.resolve("data"), commands)) {
            assertThat(cli.run("audit", "list", "--limit", "1", "-c", file)).isZero();
        }

        assertThat(terminal.printed())
                .containsPattern(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:04:05[+-]\\d\\d:\\d\\d"
                                + "  SignInRefused  192.0.2.7"
                                + "  A sign-in by eve ")
                .doesNotContain("\u001b");
        assertThat(commands.asked()).hasSize(1);
    }

    @Test
    void whatIsNoEventOrNoMomentIsSaid() {
        CliRun cli = CliRun.with(terminal);
        assertThat(cli.run("audit", "list", "--event", "Painted", "-c", file)).isEqualTo(1);
        assertThat(cli.run("audit", "list", "--since", "yesterday", "-c", file)).isEqualTo(1);

        assertThat(terminal.complained()).contains("SignInRefused").contains("not 'yesterday'");
    }

    @Test
    void kioskCommandsReachTheRunningGateway() {
        try (ControlServer _ = ControlServer.open(directory.resolve("data"), commands)) {
            CliRun cli = CliRun.with(terminal);
            assertThat(cli.run("kiosk", "list", "-c", file)).isZero();
            assertThat(cli.run("kiosk", "remove", "key-1", "-c", file)).isZero();
        }

        assertThat(commands.asked()).containsExactly("kiosk keys", "remove kiosk key key-1");
        assertThat(terminal.printed()).contains("hallway  Tablet/1  ada");
    }

    @Test
    void leavingIsOnlySaidUnlessItIsMeant() {
        try (ControlServer _ = ControlServer.open(directory.resolve("data"), commands)) {
            CliRun cli = CliRun.with(terminal);
            assertThat(cli.run("leave", "-c", file)).isZero();
            assertThat(terminal.printed()).contains("  Ada \uFFFD[31mLovelace (ada): ada");
            assertThat(cli.run("leave", "--yes", "--home", "cabin", "-c", file)).isEqualTo(1);
            assertThat(cli.run("leave", "--yes", "--although-people-come-back", "-c", file))
                    .isEqualTo(1);
            assertThat(cli.run("leave", "--yes", "--although-departures-are-held", "-c", file))
                    .isEqualTo(1);
            assertThat(cli.run("leave", "--come-back", "-c", file)).isZero();
            assertThat(cli.run("leave", "--come-back", "--yes", "-c", file)).isEqualTo(1);
        }

        assertThat(commands.asked())
                .containsExactly(
                        "leave-plan ''",
                        "leave 'cabin' " + Although.NOTHING,
                        "leave '' " + new Although(true, false),
                        "leave '' " + new Although(false, true),
                        "come-back ''");
    }

    @Test
    void emergencyCommandsReachTheRunningGateway() {
        try (ControlServer _ = ControlServer.open(directory.resolve("data"), commands)) {
            CliRun cli = CliRun.with(terminal);
            assertThat(cli.run("break-glass", "-c", file)).isZero();
            assertThat(cli.run("break-glass", "--home", "lake", "--anywhere", "-c", file)).isZero();
            assertThat(cli.run("local-login", "on", "--for", "15m", "-c", file)).isZero();
            assertThat(cli.run("local-login", "off", "-c", file)).isZero();
            assertThat(cli.run("local-login", "status", "-c", file)).isZero();
            assertThat(cli.run("local-login", "on", "--for", "5h", "-c", file)).isEqualTo(1);
            assertThat(cli.run("local-login", "on", "--for", "soon", "-c", file)).isEqualTo(1);
        }
        assertThat(commands.asked())
                .containsExactly(
                        "break-glass '' lan",
                        "break-glass 'lake' anywhere",
                        "local-login '' PT15M",
                        "no local-login ''",
                        "local-login?");
    }

    @Test
    void deprovisioningCommandsReachTheRunningGateway() {
        try (ControlServer _ = ControlServer.open(directory.resolve("data"), commands)) {
            CliRun cli = CliRun.with(terminal);
            assertThat(cli.run("deprovisioning", "list", "-c", file)).isZero();
            assertThat(cli.run("deprovisioning", "allow", "scim:okta", "-c", file)).isZero();
            assertThat(cli.run("deprovisioning", "dismiss", "okta", "-c", file)).isZero();
        }

        assertThat(commands.asked()).containsExactly("holds", "allow scim:okta", "dismiss okta");
        assertThat(terminal.printed()).contains("scim:okta  held").contains("7 of 20  ada");
    }

    @Test
    void aRefusedCommandEndsWithOneAndTheGatewaysSentence() {
        try (ControlServer _ = ControlServer.open(directory.resolve("data"), commands)) {
            assertThat(CliRun.with(terminal).run("account", "suspend", "nobody", "-c", file))
                    .isEqualTo(1);
        }

        assertThat(terminal.complained())
                .isEqualToIgnoringNewLines("There is no \uFFFD[31maccount 'nobody'.");
    }

    @Test
    void aCommandWorksByTheDataDirectoryWhereTheConfigurationIsBroken() throws IOException {
        String broken = write("home: [");
        Path data = directory.resolve("data");
        try (ControlServer _ = ControlServer.open(data, commands)) {
            assertThat(
                            CliRun.with(terminal)
                                    .run(
                                            "account",
                                            "suspend",
                                            "ada",
                                            "-c",
                                            broken,
                                            "--data-directory",
                                            data.toString()))
                    .isZero();
        }
    }

    @Test
    void aCommandWithoutARunningGatewaySaysHowToStartIt() {
        assertThat(CliRun.with(terminal).run("account", "list", "-c", file)).isEqualTo(1);

        assertThat(terminal.complained())
                .startsWith("No gateway answers at ")
                .contains("vestibule serve");
    }

    /// Records what happens to it.
    private final class Started implements RunningGateway {

        private final List<String> events;

        private Started(List<String> events) {
            this.events = events;
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8124);
        }

        @Override
        public ControlCommands commands() {
            return commands;
        }

        @Override
        public void close() {
            events.add("closed");
        }
    }

    @Test
    void serveLogsAsTheConfigurationSays() throws IOException {
        Files.writeString(Path.of(file), "\nlog: {level: warn}\n", StandardOpenOption.APPEND);
        List<Boolean> saysInfo = new ArrayList<>();
        GatewayStarter starter =
                _ -> {
                    saysInfo.add(LoggerFactory.getLogger("dev.vestibule.cli").isInfoEnabled());
                    return new Started(new ArrayList<>());
                };
        StopSignal atOnce =
                new StopSignal() {
                    @Override
                    public void await() {}

                    @Override
                    public void await(Duration limit) {}

                    @Override
                    public void stopped() {}
                };
        try {
            new CliRun(terminal, starter, atOnce).run("serve", "-c", file);
        } finally {
            LogSettings.apply(LogConfig.DEFAULTS);
        }

        assertThat(saysInfo).containsExactly(false);
    }

    @Test
    void serveRunsUntilItIsToldToStopAndAnswersCommandsMeanwhile() {
        List<String> events = new ArrayList<>();
        StopSignal stop =
                new StopSignal() {
                    @Override
                    public void await() {
                        events.add("waiting");
                        assertThat(CliRun.with(terminal).run("account", "list", "-c", file))
                                .isZero();
                    }

                    @Override
                    public void await(Duration limit) {
                        await();
                    }

                    @Override
                    public void stopped() {
                        events.add("stopped");
                    }
                };

        int exit = new CliRun(terminal, _ -> new Started(events), stop).run("serve", "-c", file);

        assertThat(exit).isZero();
        assertThat(events).containsExactly("waiting", "closed", "stopped");
        assertThat(commands.asked()).containsExactly("accounts");
        assertThat(terminal.printed())
                .contains("Home 'home': https://home.example.org")
                .contains("listens on 127.0.0.1 port 8124");
    }

    @Test
    void aLostMasterKeyIsOneClearBlock() {
        Path key = directory.resolve("data/master.key");
        GatewayStarter starter =
                _ -> {
                    MasterKey.load(key, false, new Secrets());
                    throw new IllegalStateException("the key is there");
                };

        int exit =
                new CliRun(terminal, starter, CliRun.with(terminal).stopSignal())
                        .run("serve", "-c", file);

        assertThat(exit).isEqualTo(1);
        assertThat(terminal.complained())
                .startsWith("Vestibule cannot start because of the master key.")
                .contains(key + " is missing")
                .contains("from your backup")
                .doesNotContain("\tat ");
    }

    @Test
    void aBrokenDatabaseIsOneClearBlock() throws IOException {
        Path database = Files.writeString(directory.resolve("broken.db"), "no database, but text");
        GatewayStarter starter =
                _ -> {
                    Database.open("jdbc:sqlite:" + database).close();
                    throw new IllegalStateException("the database is good");
                };

        int exit =
                new CliRun(terminal, starter, CliRun.with(terminal).stopSignal())
                        .run("serve", "-c", file);

        assertThat(exit).isEqualTo(1);
        assertThat(terminal.complained())
                .startsWith("Vestibule cannot start because of the database.")
                .contains(database.toString())
                .doesNotContain("\tat ");
    }

    @Test
    void whatTheGatewaySaysWhenItCannotStartIsPassedOn() {
        GatewayStarter starter =
                _ -> {
                    throw new CommandFailed("Port 8124 is taken. Choose another 'listen.port'.");
                };

        int exit =
                new CliRun(terminal, starter, CliRun.with(terminal).stopSignal())
                        .run("serve", "-c", file);

        assertThat(exit).isEqualTo(1);
        assertThat(terminal.complained())
                .isEqualToIgnoringNewLines("Port 8124 is taken. Choose another 'listen.port'.");
    }
}
