package dev.vestibule.setup;

import dev.vestibule.config.Origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/// One of the few values by which an issuer is known at a product.
///
/// @param question what it is, in the product's own words
/// @param example a value that somebody else has
/// @param fallback what an empty answer means; the empty text where there must be one
public record PresetValue(String question, String example, String fallback, Shape shape) {

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    /// RFC 3986 section 3.3, without what separates.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~%-]{1,128}");

    private static final Pattern TENANT =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /// What kind of a value it is.
    public enum Shape {
        /// Where the product is: an address, or a host alone, which means https.
        ADDRESS,
        /// The issuer itself, character for character.
        ISSUER,
        /// A part of an address.
        NAME,
        /// A UUID.
        TENANT
    }

    static PresetValue address(String question, String example) {
        return new PresetValue(question, example, "", Shape.ADDRESS);
    }

    static PresetValue name(String question, String example) {
        return new PresetValue(question, example, "", Shape.NAME);
    }

    /// @return the value as the issuer has it
    public Judged<String> judge(String answer) {
        String text = answer.isBlank() ? fallback : answer.strip();
        if (text.isEmpty()) {
            return Judged.unfit(Flaw.ANSWER_MISSING);
        }
        return switch (shape) {
            case ADDRESS -> address(text.contains("://") ? text : "https://" + text);
            case ISSUER -> issuer(text);
            case NAME -> matching(NAME, text, Flaw.NAME_UNREADABLE);
            case TENANT -> matching(TENANT, text, Flaw.TENANT_UNREADABLE);
        };
    }

    private Judged<String> address(String text) {
        return switch (issuer(text)) {
            case Judged.Fits<String>(var address) -> Judged.fits(address.replaceAll("/+$", ""));
            case Judged.Unfit<String> unfit -> unfit;
        };
    }

    private Judged<String> issuer(String text) {
        if (text.endsWith(DISCOVERY)) {
            return Judged.unfit(Flaw.ADDRESS_IS_DOCUMENT);
        }
        try {
            URI address = new URI(text);
            // OIDC Discovery section 3: an issuer has neither query nor fragment.
            if (address.getRawQuery() != null
                    || address.getRawFragment() != null
                    || address.getRawUserInfo() != null) {
                return Judged.unfit(Flaw.ADDRESS_UNREADABLE);
            }
            Optional<Origin> origin = Origin.of(address);
            return origin.filter(SetupAddresses::isSafe).isPresent()
                    ? Judged.fits(text)
                    : Judged.unfit(Flaw.ADDRESS_UNSAFE, example);
        } catch (URISyntaxException unreadable) {
            return Judged.unfit(Flaw.ADDRESS_UNREADABLE);
        }
    }

    private Judged<String> matching(Pattern pattern, String text, Flaw otherwise) {
        return pattern.matcher(text).matches()
                ? Judged.fits(text)
                : Judged.unfit(otherwise, example);
    }
}
