package dev.vestibule.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads and checks a configuration file. It looks at everything before it answers, so that one run
/// shows every problem. Only files are read: no name is looked up and nobody is asked.
public final class ConfigReader {

    private static final int COUNT_MAX = 1_000_000;
    private static final int SCIM_REQUESTS_MAX = 10_000;
    private static final Duration WITHIN_MIN = Duration.ofMinutes(1);
    private static final Duration WITHIN_MAX = Duration.ofDays(30);

    private final Section root;
    private final Findings findings;
    private final TextFiles files;
    private final InstantSource time;

    private ConfigReader(InstantSource time, Section root, Findings findings, TextFiles files) {
        this.time = time;
        this.root = root;
        this.findings = findings;
        this.files = files;
    }

    /// @param time for certificates that ran out
    /// @param file the YAML file; relative paths in it begin at its directory
    /// @param environment the variables that `${NAME}` may name
    public static ConfigResult read(
            InstantSource time, Path file, Map<String, String> environment) {
        TextFiles files = new TextFiles(file);
        return switch (files.readConfiguration()) {
            case Parsed.Good<String>(var text) -> read(time, text, file, environment, files);
            case Parsed.Bad<String>(var sentence) ->
                    new ConfigResult.Invalid(
                            List.of(
                                    new ConfigProblem(
                                            0,
                                            "",
                                            sentence
                                                    + " 'vestibule setup' writes a first"
                                                    + " configuration.")));
        };
    }

    private static ConfigResult read(
            InstantSource time,
            String text,
            Path file,
            Map<String, String> environment,
            TextFiles files) {
        Findings findings = new Findings();
        Reading reading = reading(file, environment, findings);
        return YamlTree.parse(text, findings)
                .map(tree -> new Section(reading, "", tree))
                .flatMap(root -> new ConfigReader(time, root, findings, files).config())
                .filter(_ -> findings.problems().isEmpty())
                .<ConfigResult>map(config -> new ConfigResult.Valid(config, findings.warnings()))
                .orElseGet(() -> new ConfigResult.Invalid(findings.problems()));
    }

    /// Where a gateway of this configuration keeps its data, also where something else in it is
    /// wrong.
    ///
    /// @return empty where the file is no YAML, or says that unreadably
    public static Optional<Path> dataDirectory(Path file, Map<String, String> environment) {
        return switch (new TextFiles(file).readConfiguration()) {
            case Parsed.Good<String>(var text) -> dataDirectory(text, file, environment);
            case Parsed.Bad<String> _ -> Optional.empty();
        };
    }

    private static Optional<Path> dataDirectory(
            String text, Path file, Map<String, String> environment) {
        Findings findings = new Findings();
        Reading reading = reading(file, environment, findings);
        Optional<Section> root =
                YamlTree.parse(text, findings).map(tree -> new Section(reading, "", tree));
        Optional<Path> directory = root.map(ConfigReader::dataDirectory);
        return directory.filter(_ -> findings.problems().isEmpty());
    }

    private static Path dataDirectory(Section root) {
        Path directory = root.reading().directory();
        return root.get(
                "data-directory",
                Formats.path(directory),
                directory.resolve(Defaults.DATA_DIRECTORY));
    }

    private static Reading reading(Path file, Map<String, String> environment, Findings findings) {
        Path directory = file.toAbsolutePath().normalize().getParent();
        return new Reading(directory == null ? file : directory, environment, findings);
    }

    private Optional<GatewayConfig> config() {
        try (root) {
            Format<Path> path = Formats.path(root.reading().directory());
            SecretReader secrets = new SecretReader(files);
            CaFiles caFiles = new CaFiles(files);
            Path dataDirectory = dataDirectory(root);
            List<Path> masterKeyFiles = root.find("master-key-file", path).stream().toList();
            NetworkConfig network = NetworkReader.read(root.child("network"));
            AssertionReader inFront = new AssertionReader(secrets, caFiles, findings);
            List<AssertionConfig> assertions = inFront.readAll(root);
            List<TrustedHeadersConfig> trustedHeaders = inFront.readTrustedHeaders(root);
            CertificateSource certificates = new CertificateSource();
            List<HomeConfig> homes =
                    new HomeReader(secrets, caFiles, inFront, certificates, findings).readAll(root);
            inFront.checkHomes(homes, findings);
            ListenConfig listen = listen(root.child("listen"), homes);
            certificates.check(network, listen.tls(), findings);
            List<OpenIdProviderConfig> providers =
                    new ProviderReader(secrets, caFiles, findings).readAll(root);
            inFront.checkBeside(providers);
            DeprovisioningConfig deprovisioning = deprovisioning(root.child("deprovisioning"));
            LimitsConfig limits = limits(root.child("limits"));
            ManagementConfig management =
                    ManagementReader.read(root.child("management"), listen.port());
            AuditConfig audit = audit(root.child("audit"));
            LogConfig log = log(root.child("log"));
            return Optional.of(
                    new GatewayConfig(
                            listen,
                            dataDirectory,
                            masterKeyFiles,
                            network,
                            homes,
                            providers,
                            assertions,
                            trustedHeaders,
                            deprovisioning,
                            limits,
                            management,
                            audit,
                            log));
        }
    }

    private static LogConfig log(Section section) {
        try (section) {
            return new LogConfig(
                    section.get("format", Formats.oneOf(LogFormat.values()), Defaults.LOG.format()),
                    section.get("level", Formats.oneOf(LogLevel.values()), Defaults.LOG.level()));
        }
    }

    private ListenConfig listen(Section section, List<HomeConfig> homes) {
        try (section) {
            List<Origin> addresses =
                    homes.stream()
                            .flatMap(
                                    home ->
                                            Stream.concat(
                                                    Stream.of(home.publicUrl()),
                                                    home.origins().stream()))
                            .toList();
            return new ListenConfig(
                    section.get("address", Formats::address, Defaults.LISTEN.address()),
                    section.get("port", Formats.number(0, 65_535), Defaults.LISTEN.port()),
                    new TlsReader(time, files).read(section.child("tls"), addresses));
        }
    }

    private static DeprovisioningConfig deprovisioning(Section section) {
        try (section) {
            DeprovisioningConfig defaults = Defaults.DEPROVISIONING;
            return new DeprovisioningConfig(
                    section.get("share", Formats.number(1, 100), defaults.share()),
                    section.get(
                            "within", Formats.duration(WITHIN_MIN, WITHIN_MAX), defaults.within()),
                    section.get(
                            "at-least",
                            Formats.number(DeprovisioningConfig.AT_LEAST_MIN, COUNT_MAX),
                            defaults.atLeast()));
        }
    }

    private static AuditConfig audit(Section section) {
        try (section) {
            return new AuditConfig(
                    section.get("retention", AuditConfig::retention, Defaults.AUDIT.retention()));
        }
    }

    private static LimitsConfig limits(Section section) {
        try (section) {
            Format<Integer> count = Formats.number(1, COUNT_MAX);
            LimitsConfig defaults = Defaults.LIMITS;
            return new LimitsConfig(
                    section.get("connections", count, defaults.connections()),
                    section.get("sockets", count, defaults.sockets()),
                    section.get("sessions-per-account", count, defaults.sessionsPerAccount()),
                    section.get("sign-ins", count, defaults.signIns()),
                    section.get("sign-ins-per-minute", count, defaults.signInsPerMinute()),
                    section.get(
                            "token-questions-per-minute",
                            count,
                            defaults.tokenQuestionsPerMinute()),
                    section.get(
                            "scim-refusals-per-minute", count, defaults.scimRefusalsPerMinute()),
                    section.get(
                            "scim-requests-per-second",
                            Formats.number(1, SCIM_REQUESTS_MAX),
                            defaults.scimRequestsPerSecond()));
        }
    }
}
