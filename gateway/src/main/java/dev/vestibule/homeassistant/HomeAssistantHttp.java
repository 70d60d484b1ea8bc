package dev.vestibule.homeassistant;

import dev.vestibule.config.HomeAssistantConfig;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;

/// How the gateway asks Home Assistant by itself: at its own address, without following redirects
/// or going through a proxy, either of which would carry what it asks with to somebody else.
public final class HomeAssistantHttp {

    private HomeAssistantHttp() {}

    /// @param connectMax how long a connection may take to open
    /// @return whoever opens it closes it
    /// @throws IllegalArgumentException where a certificate file of the configuration is unreadable
    public static HttpClient client(HomeAssistantConfig config, Duration connectMax) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(connectMax)
                        .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (!config.caFiles().isEmpty()) {
            builder.sslContext(TrustedCertificates.systemAnd(config.caFiles()));
        }
        return builder.build();
    }

    /// Home Assistant's address, to which a path is added.
    public static String base(HomeAssistantConfig config) {
        return config.url().toString().replaceAll("/+$", "");
    }
}
