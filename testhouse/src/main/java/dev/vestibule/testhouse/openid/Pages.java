package dev.vestibule.testhouse.openid;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The pages of the provider: one style sheet, no script but the one that a form post needs.
final class Pages {

    static final String HEADING = "Demo identity provider";

    private static final String STYLE = readStyle();
    private static final String SUBMIT = "document.forms[0].submit()";

    private Pages() {}

    static Answer refusal(String reason) {
        return of(400, "<h1>" + HEADING + "</h1><p>" + escape(reason) + "</p>", "'none'");
    }

    static Answer signedOut() {
        return of(200, "<h1>" + HEADING + "</h1><p>You are signed out here.</p>", "'none'");
    }

    /// OAuth 2.0 Form Post Response Mode: a form that sends itself to the client.
    static Answer formPost(URI target, List<Map.Entry<String, String>> parameters) {
        String fields =
                parameters.stream()
                        .map(
                                entry ->
                                        "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                                                .formatted(
                                                        escape(entry.getKey()),
                                                        escape(entry.getValue())))
                        .collect(Collectors.joining());
        String body =
                """
                <h1>%s</h1>
                <form method="post" action="%s">%s
                <button class="plain">Continue</button></form>
                <script>%s</script>"""
                        .formatted(HEADING, escape(target.toString()), fields, SUBMIT);
        return of(200, body, origin(target)).unstored();
    }

    /// A page with a content security policy that allows what it has and nothing more.
    ///
    /// @param formAction where its form may lead, redirects included
    static Answer of(int status, String body, String formAction) {
        String page =
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body><main>
                %s
                </main></body>
                </html>
                """
                        .formatted(HEADING, STYLE, body);
        String policy =
                ("default-src 'none'; style-src %s; script-src %s; form-action %s; "
                                + "base-uri 'none'; frame-ancestors 'none'")
                        .formatted(
                                hash(STYLE),
                                body.contains("<script>") ? hash(SUBMIT) : "'none'",
                                formAction);
        return Answer.html(status, page)
                .with("Content-Security-Policy", policy)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cache-Control", "no-store");
    }

    /// Makes text harmless in HTML, between tags and inside quoted attributes.
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static String hash(String content) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException problem) {
            throw new IllegalStateException("this JDK has no SHA-256", problem);
        }
    }

    private static String readStyle() {
        try (InputStream in = Pages.class.getResourceAsStream("pages.css")) {
            if (in == null) {
                throw new IllegalStateException("pages.css is not beside Pages.class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException("pages.css cannot be read", problem);
        }
    }
}
