package dev.vestibule.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32C;

/// The files that our pages need. Their addresses change with their content, so browsers may keep
/// them for good.
public final class Assets implements Handler {

    static final String STYLESHEET = "vestibule.css";
    static final String DOOR = "door.svg";

    /// Speaks to authenticators.
    public static final String PASSKEY_SCRIPT = "passkey.js";

    /// Holds and uses a wall tablet's key.
    public static final String KIOSK_SCRIPT = "kiosk.js";

    /// Tells the page of an app when to type the code.
    public static final String HAND_OFF = "hand-off.js";

    /// Lets a part of a page look for news by itself.
    static final String HTMX = "htmx.min.js";

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String WEB_JARS = "/META-INF/resources/webjars/";
    private static final String PREFIX = "/auth/vestibule/assets/";
    private static final Map<String, Asset> ASSETS =
            Map.of(
                    STYLESHEET, Asset.read(STYLESHEET, "text/css; charset=utf-8"),
                    DOOR, Asset.read(DOOR, "image/svg+xml"),
                    PASSKEY_SCRIPT, Asset.read(PASSKEY_SCRIPT, SCRIPT),
                    KIOSK_SCRIPT, Asset.read(KIOSK_SCRIPT, SCRIPT),
                    HAND_OFF, Asset.read(HAND_OFF, SCRIPT),
                    HTMX, Asset.readLibrary("htmx.org", "dist/" + HTMX, SCRIPT));

    private record Asset(Response answer, String version) {

        static Asset read(String name, String contentType) {
            return read(Assets.class.getResource(name), name, contentType);
        }

        /// A file of a WebJar, whatever its version.
        static Asset readLibrary(String library, String file, String contentType) {
            String path = WEB_JARS + library + "/" + versionOf(library) + "/" + file;
            return read(Assets.class.getResource(path), path, contentType);
        }

        private static String versionOf(String library) {
            String path = "/META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
            try (InputStream stream = Assets.class.getResourceAsStream(path)) {
                if (stream == null) {
                    throw new IllegalStateException("the program lacks its library " + library);
                }
                Properties properties = new Properties();
                properties.load(stream);
                return properties.getProperty("version", "");
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private static Asset read(@Nullable URL file, String name, String contentType) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            try (InputStream stream = file.openStream()) {
                byte[] content = stream.readAllBytes();
                CRC32C sum = new CRC32C();
                sum.update(content);
                return new Asset(
                        Response.bytes(200, contentType, content)
                                .with("cache-control", "public, max-age=31536000, immutable"),
                        HexFormat.of().toHexDigits(sum.getValue(), 8));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    /// The address of a file, for pages.
    public static String pathOf(String name) {
        Asset asset = ASSETS.get(name);
        if (asset == null) {
            throw new IllegalStateException("unknown asset " + name);
        }
        return PREFIX + name + "?v=" + asset.version();
    }

    @Override
    public Response handle(Request request) {
        Asset asset = ASSETS.get(request.target().segments().getLast());
        return asset == null ? Response.text(404, "There is no such file.") : asset.answer();
    }
}
