package dev.vestibule.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Debian's nginx, in two parts: in front of the scripted Home Assistant, so that what is fetched
/// under load never waits for it, and as the plain reverse proxy that the gateway is compared with.
///
/// Both have one worker, write no access log and keep connections on both sides.
final class Nginx {

    private static final int CONNECTIONS_MAX = 16_000;

    private Nginx() {}

    /// The home: files under `/api/benchmark/`, and everything else from Home Assistant.
    static Program home(Path directory, int port, URI homeAssistant, Path files) {
        String locations =
                """
                location %s {
                    root %s;
                    default_type application/octet-stream;
                }
                location / {
                    %s
                }
                """
                        .formatted(Answers.PREFIX, files, passing());
        return start("nginx-home", directory, port, homeAssistant, locations);
    }

    /// What people put in front of Home Assistant where nobody asks who they are.
    static Program plainProxy(Path directory, int port, URI home) {
        String locations =
                """
                location / {
                    %s
                    proxy_set_header X-Forwarded-For $remote_addr;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    proxy_set_header X-Forwarded-Host $http_host;
                }
                """
                        .formatted(passing());
        return start("nginx-plain", directory, port, home, locations);
    }

    private static String passing() {
        return """
               proxy_pass http://upstream;
               proxy_http_version 1.1;
               proxy_set_header Host $http_host;
               proxy_set_header Upgrade $http_upgrade;
               proxy_set_header Connection $connection_upwards;
               proxy_read_timeout 1h;\
               """;
    }

    private static Program start(
            String name, Path parent, int port, URI upstream, String locations) {
        try {
            Path directory = Files.createDirectory(parent.resolve(name));
            Path config = directory.resolve("nginx.conf");
            Files.writeString(config, config(port, upstream, locations));
            return Program.start(
                    name,
                    directory,
                    List.of(
                            "nginx",
                            "-p",
                            directory.toString(),
                            "-c",
                            config.toString(),
                            "-e",
                            "stderr"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// A connection header that is empty keeps the connection to the upstream.
    private static String config(int port, URI upstream, String locations) {
        return String.format(
                Locale.ROOT,
                """
                daemon off;
                user %s;
                worker_processes 1;
                worker_rlimit_nofile %d;
                pid nginx.pid;
                error_log stderr warn;
                events {
                    worker_connections %d;
                }
                http {
                    access_log off;
                    sendfile on;
                    open_file_cache max=16;
                    tcp_nodelay on;
                    keepalive_requests 100000000;
                    keepalive_timeout 1h;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    map $http_upgrade $connection_upwards {
                        default upgrade;
                        '' '';
                    }
                    upstream upstream {
                        server %s;
                        keepalive 64;
                        keepalive_requests 100000000;
                    }
                    server {
                        listen 127.0.0.1:%d;
                        %s
                    }
                }
                """,
                System.getProperty("user.name", "root"),
                CONNECTIONS_MAX + 100,
                CONNECTIONS_MAX,
                upstream.getAuthority(),
                port,
                locations);
    }
}
