package dev.vestibule.config;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.network.Cidr;
import dev.vestibule.network.IpLiteral;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The kinds of values that a configuration file holds. No message quotes more of a value than its
/// first characters, and none quotes a secret.
final class Formats {

    private static final Pattern DURATION = Pattern.compile("(0|[1-9][0-9]{0,8})([smhd])");
    private static final String NEVER = "never";
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,8})");

    private Formats() {}

    /// Any visible text of one line.
    static Parsed<String> text(String text) {
        return TextLine.faultOf(text)
                .<Parsed<String>>map(fault -> new Parsed.Bad<>(sentence(fault, text)))
                .orElseGet(() -> new Parsed.Good<>(text.strip()));
    }

    private static String sentence(TextLine.Fault fault, String text) {
        return switch (fault) {
            case EMPTY -> "This is empty. Write a value, or remove the line.";
            case TOO_LONG ->
                    "This has "
                            + text.length()
                            + " characters, "
                            + TextLine.LENGTH_MAX
                            + " at most.";
            case CONTROL_CHARACTER -> "This holds a control character or a line break. Remove it.";
        };
    }

    /// A text of a fixed shape.
    static Format<String> shaped(Predicate<String> shape, String description) {
        return text ->
                shape.test(text)
                        ? new Parsed.Good<>(text)
                        : bad(text, "is not " + description + ".");
    }

    static Parsed<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> new Parsed.Good<>(true);
            case "false" -> new Parsed.Good<>(false);
            default -> bad(text, "is neither true nor false. Write one of them.");
        };
    }

    static Format<Integer> number(int min, int max) {
        return text -> {
            if (!NUMBER.matcher(text).matches()) {
                return bad(text, "is not a whole number. Write digits only, such as " + max + ".");
            }
            int value = Integer.parseInt(text);
            return value >= min && value <= max
                    ? new Parsed.Good<>(value)
                    : bad(text, "is out of range. Write a number from " + min + " to " + max + ".");
        };
    }

    static Format<Duration> duration(Duration min, Duration max) {
        return text -> {
            Matcher parts = DURATION.matcher(text);
            if (!parts.matches()) {
                return bad(
                        text,
                        "is not a duration. Write a number and s, m, h or d, such as 30m or 14d.");
            }
            Duration value = durationOf(Long.parseLong(parts.group(1)), parts.group(2));
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0
                    ? new Parsed.Good<>(value)
                    : bad(text, "is out of range. Write " + words(min) + " to " + words(max) + ".");
        };
    }

    /// As [#duration], or `never`.
    static Format<Duration> lifetime(Duration min, Duration max) {
        Format<Duration> duration = duration(min, max);
        return text -> {
            if (text.equals(NEVER)) {
                return new Parsed.Good<>(Lifetimes.NEVER);
            }
            return DURATION.matcher(text).matches()
                    ? duration.parse(text)
                    : bad(
                            text,
                            "is not a duration. Write a number and s, m, h or d, such as 30m or"
                                    + " 14d, or never.");
        };
    }

    private static Duration durationOf(long amount, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /// A duration as the file has it: in the largest unit that divides it.
    static String words(Duration duration) {
        if (duration.equals(Lifetimes.NEVER)) {
            return NEVER;
        }
        long seconds = duration.toSeconds();
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds != 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static Parsed<Cidr> cidr(String text) {
        return Cidr.parse(text)
                .<Parsed<Cidr>>map(Parsed.Good::new)
                .orElseGet(
                        () ->
                                bad(
                                        text,
                                        "is not a network. Write an address or a block whose host"
                                                + " bits are zero, such as 192.168.1.0/24 or"
                                                + " fd12:3456::/48; names are not looked up."));
    }

    static Parsed<String> address(String text) {
        return IpLiteral.parse(text).isPresent()
                ? new Parsed.Good<>(text)
                : bad(
                        text,
                        "is not an address. Write :: for every address, 127.0.0.1 for this machine"
                                + " only, or one of the machine's own addresses.");
    }

    /// The address of one machine.
    static Parsed<InetAddress> exactAddress(String text) {
        return IpLiteral.parse(text)
                .<Parsed<InetAddress>>map(Parsed.Good::new)
                .orElseGet(
                        () ->
                                bad(
                                        text,
                                        "is not the address of one machine. Write it alone, such as"
                                                + " 172.18.0.2; blocks and names are not taken"
                                                + " here."));
    }

    static Parsed<Origin> origin(String text) {
        return Origin.parse(text)
                .filter(origin -> origin.port() > 0 && origin.port() <= 65_535)
                .<Parsed<Origin>>map(Parsed.Good::new)
                .orElseGet(
                        () ->
                                bad(
                                        text,
                                        "is not the bare address of a site. Write scheme, host and"
                                                + " port only, such as https://home.example.org."));
    }

    /// The issuer of an OpenID provider: OIDC Discovery section 3 allows no query and no fragment.
    static Parsed<URI> issuer(String text) {
        try {
            URI uri = new URI(text);
            boolean isSite = Origin.of(uri).isPresent() && uri.getRawUserInfo() == null;
            if (isSite && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return text.endsWith("/.well-known/openid-configuration")
                        ? bad(
                                text,
                                "is the discovery document, not the issuer. Leave out"
                                        + " /.well-known/openid-configuration and compare with"
                                        + " \"issuer\" in that document.")
                        : new Parsed.Good<>(uri);
            }
        } catch (URISyntaxException unreadable) {
            // Told below, like any other text that is no address.
        }
        return bad(
                text,
                "is not an issuer. Copy \"issuer\" from the provider's discovery document, such as"
                        + " https://auth.example.org/realms/home.");
    }

    /// The address of a client ID metadata document: https, with a path, as the client writes it.
    static Parsed<URI> clientDocument(String text) {
        try {
            URI uri = new URI(text);
            boolean isDocument =
                    "https".equals(uri.getScheme())
                            && Origin.of(uri).isPresent()
                            && uri.getRawUserInfo() == null
                            && uri.getRawFragment() == null
                            && uri.getRawPath().length() > 1;
            if (isDocument) {
                return new Parsed.Good<>(uri);
            }
        } catch (URISyntaxException unreadable) {
            // Told below, like any other text that is no address.
        }
        return bad(
                text,
                "is not the address of a document. Write the client_id as the client sends it, such"
                        + " as https://app.example.org/client.json.");
    }

    /// A path; a relative one begins at the directory of the configuration file.
    static Format<Path> path(Path directory) {
        return text -> {
            try {
                return text.isBlank()
                        ? new Parsed.Bad<>("This is empty. Write the path of a file.")
                        : new Parsed.Good<>(directory.resolve(text).normalize());
            } catch (InvalidPathException unreadable) {
                return bad(text, "is not a path.");
            }
        };
    }

    /// One of the constants of an enum, in lower case with dashes.
    static <E extends Enum<E>> Format<E> oneOf(E[] constants) {
        return choice(Arrays.asList(constants), Formats::word);
    }

    static <T> Format<T> choice(List<T> choices, Function<T, String> word) {
        return text -> {
            String wanted = text.toLowerCase(Locale.ROOT);
            for (T choice : choices) {
                if (word.apply(choice).toLowerCase(Locale.ROOT).equals(wanted)) {
                    return new Parsed.Good<>(choice);
                }
            }
            List<String> words = choices.stream().map(word).toList();
            return bad(text, "is not known here. " + suggestion(text, words));
        };
    }

    /// `WHEN_OFFERED` as the file has it: `when-offered`.
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String suggestion(String written, List<String> words) {
        return Spelling.nearest(written, words)
                .map(word -> "Did you mean '" + word + "'?")
                .orElse("Write " + String.join(", ", words) + ".")
                .replaceAll(", ([^, ]+)\\.$", " or $1.");
    }

    private static <T> Parsed<T> bad(String text, String sentence) {
        return new Parsed.Bad<>("'" + ForeignText.excerpt(text) + "' " + sentence);
    }
}
