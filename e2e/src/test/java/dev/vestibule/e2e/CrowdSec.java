package dev.vestibule.e2e;

import dev.vestibule.testhouse.LoopbackPort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Debian's CrowdSec with the parser and the scenario of `deploy`, a database of its own, and
/// nobody to report to. It reads a file once and ends by itself.
final class CrowdSec {

    private final Path root = DebianPackages.unpacked("crowdsec");
    private final Path config;

    /// @param directory for everything that it writes
    CrowdSec(Path directory) throws IOException {
        this.config = directory.resolve("crowdsec");
        Path hub = root.resolve("usr/share/crowdsec/hub");
        copy(hub.resolve("parsers/s00-raw/crowdsecurity/syslog-logs.yaml"), "parsers/s00-raw");
        copy(
                hub.resolve("parsers/s02-enrich/crowdsecurity/dateparse-enrich.yaml"),
                "parsers/s02-enrich");
        copyAll(Deployment.directory("crowdsec/parsers/s01-parse"), "parsers/s01-parse");
        copyAll(Deployment.directory("crowdsec/scenarios"), "scenarios");
        copyAll(root.resolve("etc/crowdsec/patterns"), "patterns");
        Files.createDirectories(config.resolve("data"));
        Files.createDirectories(config.resolve("hub"));
        write(
                "hub/.index.json",
                """
                {"parsers": {}, "scenarios": {}, "collections": {}, "postoverflows": {}}
                """);
        write("simulation.yaml", "simulation: off\n");
        write(
                "profiles.yaml",
                """
                name: default
                filters: ["Alert.Remediation == true && Alert.GetScope() == 'Ip'"]
                decisions: [{type: ban, duration: 4h}]
                on_success: break
                """);
        write(
                "config.yaml",
                """
                common: {daemonize: false, log_media: stdout, log_level: info, working_dir: HERE}
                config_paths:
                  config_dir: HERE
                  data_dir: HERE/data
                  simulation_path: HERE/simulation.yaml
                  hub_dir: HERE/hub
                  index_path: HERE/hub/.index.json
                crowdsec_service: {parser_routines: 1}
                db_config: {type: sqlite, db_path: HERE/data/crowdsec.db}
                api:
                  client: {credentials_path: HERE/credentials.yaml}
                  server: {listen_uri: "127.0.0.1:PORT", profiles_path: HERE/profiles.yaml}
                prometheus: {enabled: false}
                """
                        .replace("HERE", config.toString())
                        .replace("PORT", Integer.toString(LoopbackPort.free())));
    }

    private void copyAll(Path from, String to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                copy(file, to);
            }
        }
    }

    private void copy(Path file, String to) throws IOException {
        Path target = Files.createDirectories(config.resolve(to));
        Files.write(target.resolve(file.getFileName()), Files.readAllBytes(file));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(config.resolve(name), text);
    }

    /// What it says when it reads a log.
    String read(Path log) throws IOException {
        String file = config.resolve("config.yaml").toString();
        Path credentials = config.resolve("credentials.yaml");
        Files.createFile(credentials);
        String machine =
                run(
                        List.of(
                                "cscli",
                                "-c",
                                file,
                                "machines",
                                "add",
                                "a-test",
                                "--password",
                                "a-test-password",
                                "--file",
                                credentials.toString(),
                                "--force"));
        return machine
                + run(
                        List.of(
                                "crowdsec",
                                "-c",
                                file,
                                "-dsn",
                                "file://" + log,
                                "-type",
                                "vestibule"));
    }

    private String run(List<String> command) throws IOException {
        List<String> whole =
                Stream.concat(
                                Stream.of(
                                        root.resolve("usr/bin")
                                                .resolve(command.getFirst())
                                                .toString()),
                                command.stream().skip(1))
                        .toList();
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process.inputReader().readAllAsString();
    }
}
