package dev.vestibule.e2e;

import dev.vestibule.guides.GuidePage;
import dev.vestibule.testhouse.StartedProgram;
import dev.vestibule.testhouse.home.HouseholdAuthority.Signed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// A reverse proxy of Debian's that runs the block of its guide. Of the block only places are
/// changed: where it listens, what the home is called, where the gateway is, and the files of the
/// certificate. What the proxy needs around it to run as a child of a test stands before it.
/// Whoever started it closes it.
final class ReverseProxy implements AutoCloseable {

    private static final String GATEWAY = "127.0.0.1:8124";

    private final StartedProgram program;

    private ReverseProxy(StartedProgram program) {
        this.program = program;
    }

    /// @param port where the proxy listens, on 127.0.0.1
    /// @param gateway the gateway's port
    /// @param certificate of `localhost`
    record Places(int port, int gateway, Signed certificate) {}

    /// The proxies that Debian has.
    enum Kind {
        NGINX("nginx") {
            @Override
            String config(String block, Places places, Path directory) {
                String filled = replaced(block, " 443 ", " 127.0.0.1:" + places.port() + " ");
                filled =
                        replaced(
                                filled,
                                "/etc/letsencrypt/live/home.example.org/fullchain.pem",
                                places.certificate().chain().toString());
                filled =
                        replaced(
                                filled,
                                "/etc/letsencrypt/live/home.example.org/privkey.pem",
                                places.certificate().key().toString());
                filled = replaced(filled, "home.example.org", "localhost");
                return """
                       daemon off;
                       user %s;
                       pid nginx.pid;
                       error_log stderr warn;
                       events {}
                       http {
                           access_log off;
                           client_body_temp_path body;
                           proxy_temp_path proxy;
                           fastcgi_temp_path fastcgi;
                           uwsgi_temp_path uwsgi;
                           scgi_temp_path scgi;
                       """
                                .formatted(System.getProperty("user.name", "root"))
                        + filled
                        + "}\n";
            }

            @Override
            List<String> command(Path directory, Path config) {
                return List.of(
                        program("nginx"),
                        "-p",
                        directory.toString(),
                        "-c",
                        config.toString(),
                        "-e",
                        "stderr");
            }
        },

        HAPROXY("haproxy") {
            @Override
            String config(String block, Places places, Path directory) throws IOException {
                Path both = directory.resolve("home.pem");
                Files.writeString(
                        both,
                        Files.readString(places.certificate().chain())
                                + Files.readString(places.certificate().key()));
                String filled = replaced(block, ":::443 v4v6", "127.0.0.1:" + places.port());
                return replaced(filled, "/etc/haproxy/certs/home.example.org.pem", both.toString());
            }

            @Override
            List<String> command(Path directory, Path config) {
                return List.of(program("haproxy"), "-db", "-f", config.toString());
            }
        },

        CADDY("caddy") {
            @Override
            String config(String block, Places places, Path directory) {
                return """
                       {
                       	admin off
                       	auto_https disable_redirects
                       	default_bind 127.0.0.1
                       	grace_period 1s
                       }
                       """
                        + replaced(
                                block,
                                "home.example.org {\n",
                                "https://localhost:%d {\n\ttls %s %s\n"
                                        .formatted(
                                                places.port(),
                                                places.certificate().chain(),
                                                places.certificate().key()));
            }

            @Override
            List<String> command(Path directory, Path config) {
                return List.of(
                        "caddy", "run", "--config", config.toString(), "--adapter", "caddyfile");
            }
        };

        private final String page;

        Kind(String page) {
            this.page = page;
        }

        GuidePage guide() {
            return GuidePage.read("guides/proxies/" + page + ".md");
        }

        abstract String config(String block, Places places, Path directory) throws IOException;

        abstract List<String> command(Path directory, Path config);

        /// Debian keeps servers where only root looks for programs.
        private static String program(String name) {
            Path server = Path.of("/usr/sbin", name);
            return Files.isExecutable(server) ? server.toString() : name;
        }

        /// A place that is not in the guide any more would be changed nowhere, and nobody told.
        static String replaced(String block, String place, String by) {
            if (!block.contains(place)) {
                throw new AssertionError("the guide does not name " + place + ":\n" + block);
            }
            return block.replace(place, by);
        }
    }

    /// @param directory an empty one
    static ReverseProxy start(Kind kind, Places places, Path directory) {
        return start(kind, places, directory, UnaryOperator.identity());
    }

    /// @param more what another page adds to the block of the guide
    static ReverseProxy start(
            Kind kind, Places places, Path directory, UnaryOperator<String> more) {
        try {
            String block = more.apply(kind.guide().block(kind.page, ""));
            Path config = directory.resolve("config");
            Files.writeString(
                    config,
                    kind.config(
                            Kind.replaced(block, GATEWAY, "127.0.0.1:" + places.gateway()),
                            places,
                            directory));
            ProcessBuilder builder =
                    new ProcessBuilder(kind.command(directory, config))
                            .directory(directory.toFile());
            // Caddy keeps what it makes below the home directory.
            builder.environment().put("HOME", directory.toString());
            builder.environment().remove("XDG_DATA_HOME");
            builder.environment().remove("XDG_CONFIG_HOME");
            ReverseProxy proxy =
                    new ReverseProxy(StartedProgram.start(builder, directory.resolve("output")));
            proxy.awaitListening(places.port());
            return proxy;
        } catch (IOException problem) {
            throw new UncheckedIOException(
                    "is the Debian package " + kind.page + " installed?", problem);
        }
    }

    private void awaitListening(int port) {
        Patience.until(
                () -> !program.isAlive() || isListening(port),
                Duration.ofMillis(50),
                Duration.ofSeconds(30),
                this::printed);
        if (!program.isAlive()) {
            throw new AssertionError("it ended by itself:\n" + printed());
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String printed() {
        return program.printed();
    }

    @Override
    public void close() {
        program.close();
    }
}
