package dev.vestibule.http;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/// A request as the door has parsed it. Handlers and policy read this and nothing rawer. Immutable.
public final class Request {

    private final String id;
    private final HomeId home;
    private final Origin origin;
    private final String method;
    private final RequestTarget target;
    private final Headers headers;
    private final ClientAddress client;
    private final ClientCertificate certificate;
    private final InetAddress peer;
    private final byte[] body;

    /// @param id the reference number that pages show and log lines carry
    /// @param home the home whose origin was asked for
    /// @param origin the configured origin that the `Host` header named
    /// @param peer the other end of the connection: a proxy, or the client itself
    /// @param body at most what the route allows; the array is not copied and must not change
    public Request(
            String id,
            HomeId home,
            Origin origin,
            String method,
            RequestTarget target,
            Headers headers,
            ClientAddress client,
            ClientCertificate certificate,
            InetAddress peer,
            byte[] body) {
        this.id = id;
        this.home = home;
        this.origin = origin;
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.client = client;
        this.certificate = certificate;
        this.peer = peer;
        this.body = body;
    }

    /// A request of a client that is the other end of the connection itself.
    public Request(
            String id,
            HomeId home,
            Origin origin,
            String method,
            RequestTarget target,
            Headers headers,
            ClientAddress client,
            ClientCertificate certificate,
            byte[] body) {
        this(
                id,
                home,
                origin,
                method,
                target,
                headers,
                client,
                certificate,
                client.accountable(),
                body);
    }

    public String id() {
        return id;
    }

    public HomeId home() {
        return home;
    }

    public Origin origin() {
        return origin;
    }

    public String method() {
        return method;
    }

    public RequestTarget target() {
        return target;
    }

    public Headers headers() {
        return headers;
    }

    public ClientAddress client() {
        return client;
    }

    /// What the client proved to have.
    public ClientCertificate certificate() {
        return certificate;
    }

    /// The other end of the connection: a proxy, or the client itself.
    public InetAddress peer() {
        return peer;
    }

    public byte[] body() {
        return body.clone();
    }

    public int bodyLength() {
        return body.length;
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// The parameters of the query.
    ///
    /// @throws BadRequest where they cannot be read
    public Parameters query() {
        return target.queryParameters();
    }

    /// The fields of the posted form, urlencoded or multipart.
    ///
    /// @throws BadRequest for another content type or a form that cannot be read
    public Parameters form() {
        return Forms.read(headers.single("content-type").orElse(""), body);
    }
}
