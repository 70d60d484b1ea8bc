package dev.vestibule.shell;

import dev.vestibule.config.HomeAssistantConfig;
import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Request;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.http.Response;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.TestClock;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A shell cache over a real connection to a [FrontEnd], under a clock that the test moves.
final class ShellHouse implements AutoCloseable {

    static final ShellLimits LIMITS =
            new ShellLimits(
                    1 << 20,
                    300_000,
                    200,
                    200_000,
                    64 << 10,
                    5_000,
                    4,
                    32,
                    Duration.ofSeconds(60),
                    Duration.ofDays(7),
                    Duration.ofSeconds(60),
                    50,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20));

    static final String INDEX =
            """
            <html><link rel="modulepreload" href="/frontend_latest/core.c42f1d37.js">
            <link rel="icon" href="/static/icons/favicon.ico">
            <script type="module">import "/frontend_latest/app.6d82fe82.js"</script></html>
            """;

    /// The loader and the translations as a minifier leaves them.
    static final String APP =
            """
            n.p="/frontend_latest/",
            n.u=e=>e+"."+{1e3:"185bb2db5b9597eb",10077:"d3c3d6a7d8efccf4"}[e]+".js";
            const m={fragments:["config","history"],
            translations:{"zh-Hans":{nativeName:"x",hash:"0f3aB91c22"}}};
            fetch(`/static/translations/${e}`);
            """;

    final TestClock clock = new TestClock(Instant.parse("2026-01-01T12:00:00Z"));
    final FrontEnd home = new FrontEnd();
    final Path directory;
    private final ShellLimits limits;
    private ShellCache cache;

    ShellHouse(Path directory) {
        this(directory, LIMITS);
    }

    ShellHouse(Path directory, ShellLimits limits) {
        this.directory = directory;
        this.limits = limits;
        this.cache = open();
        home.page("/", "text/html; charset=utf-8", INDEX);
        home.variants("/frontend_latest/app.6d82fe82.js", APP);
        home.script("/frontend_latest/core.c42f1d37.js", "export const core=1");
        home.script("/frontend_latest/1000.185bb2db5b9597eb.js", "export const panel=1");
        home.page("/static/icons/favicon.ico", "image/x-icon", "icon", "ETag: \"fav-1\"");
        home.page("/manifest.json", "application/json", "{\"name\":\"Home\"}");
    }

    private ShellCache open() {
        HomeAssistantConfig config =
                new HomeAssistantConfig(home.uri(), new Secret("never sent"), List.of());
        return new ShellCache(clock, directory, new HttpShellSource(config, limits), limits);
    }

    ShellCache cache() {
        return cache;
    }

    /// The gateway stops and starts again over the same directory.
    void restart() {
        cache.close();
        cache = open();
    }

    Response get(String target, String... headers) {
        return cache.handle(request("GET", target, headers));
    }

    static Request request(String method, String target, String... headers) {
        List<Header> fields = new ArrayList<>();
        for (String line : headers) {
            int colon = line.indexOf(':');
            fields.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return new Request(
                "ref-1",
                new HomeId("home"),
                new Origin("https", "home.example", 443),
                method,
                RequestTarget.parse(target),
                new Headers(fields),
                new ClientAddress.Known(InetAddress.getLoopbackAddress()),
                ClientCertificate.NONE,
                new byte[0]);
    }

    static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static List<String> header(Response response, String name) {
        return new Headers(response.headers()).all(name);
    }

    /// Waits for what another thread does.
    static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition did not come true in half a minute");
            }
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    @Override
    public void close() {
        cache.close();
        home.close();
    }
}
