package dev.vestibule.e2e;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The certified provider `oidc-provider` in a node of its own, on loopback. PKCE is required. It
/// has its own pages: one for the login name, and one for consent. One thread uses it.
final class NodeOpenIdProvider implements AutoCloseable {

    /// Where this provider answers.
    static final String PUSHED_REQUESTS = "POST /request";

    static final String TOKEN = "POST /token";
    static final String USER_INFO = "GET /me";
    static final String KEYS = "GET /jwks";

    private static final Pattern FORM_ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final Pattern ABORT = Pattern.compile("<a href=\"([^\"]+/abort)\"");

    private final NodePeer node = NodePeer.start("openid-provider.mjs");
    private final URI issuer;

    /// @param client what is registered about the client, RFC 7591 section 2
    /// @param areClaimsOnlyInUserInfo as OpenID Connect Core 5.4 says and this provider does by
    ///   default; otherwise the ID token has them, too
    /// @param isPushedAuthorizationRequired whether it accepts nothing but pushed requests, RFC
    ///   9126
    record Options(
            Map<String, ?> client,
            boolean areClaimsOnlyInUserInfo,
            boolean isPushedAuthorizationRequired) {}

    /// Starts it, with Ada of the group admins, Ben of family, and Sam of neither.
    NodeOpenIdProvider(Options options) {
        String answer =
                node.ask(
                                "start",
                                Map.of(
                                        "port", LoopbackPort.free(),
                                        "client", options.client(),
                                        "areClaimsOnlyInUserInfo",
                                                options.areClaimsOnlyInUserInfo(),
                                        "isPushedAuthorizationRequired",
                                                options.isPushedAuthorizationRequired(),
                                        "people",
                                                Map.of(
                                                        "ada", person("Ada", "admins"),
                                                        "ben", person("Ben", "family"),
                                                        "sam", person("Sam", "others"))))
                        .asText();
        this.issuer = URI.create(answer);
    }

    private static Map<String, ?> person(String name, String group) {
        return Map.of("name", name, "preferred_username", name, "groups", List.of(group));
    }

    URI issuer() {
        return issuer;
    }

    /// Walks from an address of the gateway through this provider's pages, until a redirect leads
    /// to the given address or a page says that it will not.
    Answer signIn(VisitorBrowser browser, URI start, String person, String until) {
        Answer login = browser.walk(start, until);
        Answer afterLogin =
                submit(
                        browser,
                        login,
                        Map.of("prompt", "login", "login", person, "password", "any"));
        Answer consent = follow(browser, afterLogin, until);
        return follow(browser, submit(browser, consent, Map.of("prompt", "consent")), until);
    }

    /// Walks to this provider's first page, and away from it again by its link "abort".
    Answer decline(VisitorBrowser browser, URI start, String until) {
        Answer login = browser.walk(start, until);
        return browser.walk(issuer.resolve(found(ABORT, login)), until);
    }

    private Answer submit(VisitorBrowser browser, Answer page, Map<String, String> fields) {
        return browser.postForm(issuer.resolve(found(FORM_ACTION, page)), fields);
    }

    private Answer follow(VisitorBrowser browser, Answer redirect, String until) {
        if (redirect.location().isEmpty()) {
            throw new IllegalStateException("no redirect: " + redirect);
        }
        return browser.walk(issuer.resolve(redirect.location()), until);
    }

    private static String found(Pattern pattern, Answer page) {
        Matcher matcher = pattern.matcher(page.body());
        if (!matcher.find()) {
            throw new IllegalStateException("not on this page: " + pattern + "\n" + page);
        }
        return matcher.group(1);
    }

    /// The old key is gone at once.
    void rotateKey() {
        node.ask("rotateKey");
    }

    void goAway() {
        node.ask("goAway");
    }

    void comeBack() {
        node.ask("comeBack");
    }

    /// Method and path of everything that arrived since the last time.
    List<String> takeRequests() {
        return node.ask("takeRequests").valueStream().map(JsonNode::asText).toList();
    }

    @Override
    public void close() {
        node.close();
    }
}
