package dev.vestibule.http;

import dev.vestibule.http.Parameters.Parameter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads posted forms. Home Assistant's front end posts its token requests as
/// `multipart/form-data`, everybody else urlencoded.
final class Forms {

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,200})\"|([^\\s;\"]{1,200}))");
    private static final Pattern NAME = Pattern.compile(";\\s*name=\"([^\"\\r\\n]{1,200})\"");
    private static final Pattern FILE = Pattern.compile(";\\s*filename\\*?=");

    private Forms() {}

    static Parameters read(String contentType, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/x-www-form-urlencoded" -> Parameters.parse(text);
            case "multipart/form-data" -> multipart(boundary(contentType), text);
            default -> throw new BadRequest("The body is not a form.");
        };
    }

    private static String boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.find()) {
            throw new BadRequest("The form has no boundary.");
        }
        return Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
    }

    /// RFC 7578: parts between boundaries, each with headers, an empty line, and its value.
    private static Parameters multipart(String boundary, String text) {
        String delimiter = "\r\n--" + boundary;
        List<Parameter> found = new ArrayList<>();
        String rest = "\r\n" + text;
        int at = rest.indexOf(delimiter);
        while (at >= 0) {
            int start = at + delimiter.length();
            if (rest.startsWith("--", start)) {
                return new Parameters(found);
            }
            int end = rest.indexOf(delimiter, start);
            if (end < 0 || found.size() == Parameters.FIELDS_MAX) {
                break;
            }
            found.add(part(rest.substring(start, end)));
            at = end;
        }
        throw new BadRequest("The form ends too early or has too many fields.");
    }

    private static Parameter part(String part) {
        int blank = part.indexOf("\r\n\r\n");
        if (blank < 0 || !part.startsWith("\r\n")) {
            throw new BadRequest("A field of the form has no header.");
        }
        String head = part.substring(0, blank);
        Matcher name = NAME.matcher(head);
        if (!name.find() || FILE.matcher(head).find()) {
            throw new BadRequest("A field of the form has no name, or is a file.");
        }
        return new Parameter(name.group(1), part.substring(blank + 4));
    }
}
