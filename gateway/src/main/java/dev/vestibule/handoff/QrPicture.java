package dev.vestibule.handoff;

import io.nayuki.qrcodegen.QrCode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// An address as a picture that the camera of a phone reads (ISO/IEC 18004).
final class QrPicture {

    /// The edge that readers need, in modules.
    private static final int QUIET_ZONE = 2;

    private QrPicture() {}

    /// @return a `data:` address of an SVG picture, black on white
    static String of(URI address) {
        QrCode code = QrCode.encodeText(address.toString(), QrCode.Ecc.MEDIUM);
        int side = code.size + 2 * QUIET_ZONE;
        String svg =
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                .formatted(side, side)
                        + " shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\""
                        + " fill=\"#fff\"/><path fill=\"#000\" d=\""
                        + path(code)
                        + "\"/></svg>";
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }

    private static String path(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M').append(x + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
                    path.append("h1v1h-1z");
                }
            }
        }
        return path.toString();
    }
}
