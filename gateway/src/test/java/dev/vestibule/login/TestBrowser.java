package dev.vestibule.login;

import static dev.vestibule.TestFacts.HOME;

import dev.vestibule.config.Origin;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.PercentCoding;
import dev.vestibule.http.Request;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.http.Response;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A browser at one origin of the home: it keeps cookies and says where its forms come from.
final class TestBrowser {

    final Map<String, String> cookies = new LinkedHashMap<>();
    private final Login login;
    private final Origin origin;
    private String address = "192.0.2.7";
    private String site = "same-origin";

    TestBrowser(Login login, Origin origin) {
        this.login = login;
        this.origin = origin;
    }

    /// An answer, with where it leads.
    record Visit(Response response) {
        URI location() {
            return TestBrowser.location(response);
        }
    }

    TestBrowser at(String otherAddress) {
        address = otherAddress;
        return this;
    }

    /// Further forms are posted by a page of another site.
    TestBrowser onForeignPage() {
        site = "cross-site";
        return this;
    }

    Visit get(String target) {
        return new Visit(send("GET", target, List.of(), ""));
    }

    Response open(URI address) {
        return send("GET", address.getRawPath() + "?" + address.getRawQuery(), List.of(), "");
    }

    Response post(String path, Map<String, String> form) {
        String body =
                form.entrySet().stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                "POST",
                path,
                List.of(new Header("content-type", "application/x-www-form-urlencoded")),
                body);
    }

    /// As Home Assistant's front end posts its forms.
    Response postMultipart(String path, Map<String, String> form) {
        String body =
                form.entrySet().stream()
                                .map(
                                        field ->
                                                "--xyz\r\nContent-Disposition: form-data; name=\""
                                                        + field.getKey()
                                                        + "\"\r\n\r\n"
                                                        + field.getValue()
                                                        + "\r\n")
                                .collect(Collectors.joining())
                        + "--xyz--\r\n";
        return send(
                "POST",
                path,
                List.of(new Header("content-type", "multipart/form-data; boundary=xyz")),
                body);
    }

    private Response send(String method, String target, List<Header> more, String body) {
        List<Header> headers = new ArrayList<>(more);
        headers.add(new Header("sec-fetch-site", site));
        headers.add(new Header("user-agent", "TestBrowser"));
        if (!cookies.isEmpty()) {
            headers.add(
                    new Header(
                            "cookie",
                            cookies.entrySet().stream()
                                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                    .collect(Collectors.joining("; "))));
        }
        RequestTarget parsed = RequestTarget.parse(target);
        Response response =
                handler(parsed)
                        .handle(
                                new Request(
                                        "ref-1",
                                        HOME,
                                        origin,
                                        method,
                                        parsed,
                                        new Headers(headers),
                                        new ClientAddress.Known(ip(address)),
                                        ClientCertificate.NONE,
                                        body.getBytes(StandardCharsets.UTF_8)));
        new Headers(response.headers()).all("set-cookie").forEach(this::keep);
        return response;
    }

    private Handler handler(RequestTarget target) {
        List<String> path = target.segments();
        return switch (String.join("/", path.subList(0, Math.min(3, path.size())))) {
            case "auth/authorize" -> login.authorize();
            case "auth/token" -> login.token();
            case "auth/revoke" -> login.revoke();
            case "auth/vestibule/sign-in" -> login.signIn();
            case "auth/vestibule/sign-out" -> login.signOut();
            case "auth/vestibule/callback" -> login.callback();
            case "auth/vestibule/back-channel-logout" -> login.backChannelLogout();
            case "auth/vestibule/mfa" -> login.mfa();
            case "auth/vestibule/consent" -> login.consent();
            case ".well-known/oauth-authorization-server", ".well-known/oauth-protected-resource" ->
                    login.metadata();
            case String other -> throw new IllegalArgumentException("no handler for " + other);
        };
    }

    private void keep(String line) {
        String[] pair = line.substring(0, line.indexOf(';')).split("=", 2);
        if (line.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean isSignedIn() {
        return cookies.containsKey("__Host-vestibule");
    }

    static URI location(Response response) {
        return URI.create(
                new Headers(response.headers())
                        .single("location")
                        .orElseThrow(
                                () ->
                                        new AssertionError(
                                                response.status()
                                                        + " "
                                                        + LoginHouse.text(response))));
    }

    static String code(Response response) {
        return parameter(location(response), "code");
    }

    static String parameter(URI uri, String name) {
        return RequestTarget.parse("/?" + uri.getRawQuery())
                .queryParameters()
                .single(name)
                .orElseThrow(() -> new AssertionError("no " + name + " in " + uri));
    }

    static String header(Response response, String name) {
        return String.join("\n", new Headers(response.headers()).all(name));
    }

    static String encode(String text) {
        return PercentCoding.encode(text);
    }
}
