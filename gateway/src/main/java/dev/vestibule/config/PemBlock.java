package dev.vestibule.config;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One block of a PEM file (RFC 7468).
///
/// @param label such as `CERTIFICATE`
/// @param body what stands between the two lines, undecoded
record PemBlock(String label, String body) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final Pattern BLANK = Pattern.compile("\\s");

    /// Every block; whatever stands between them is explanation (RFC 7468 section 5.2).
    static List<PemBlock> all(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new PemBlock(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    /// Empty where this is not the Base64 of anything, as with the headers of an encrypted key.
    Optional<byte[]> bytes() {
        try {
            return Optional.of(Base64.getDecoder().decode(BLANK.matcher(body).replaceAll("")));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
