package dev.vestibule.gate;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.ProblemForm;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.proxy.ProxyRequest;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

import java.net.InetAddress;

/// A request's head that can be read in one way only.
///
/// @param id the reference number
/// @param place the home and the origin that the `Host` header named
/// @param certificate what the client proved to have
/// @param peer the other end of the connection
/// @param body how the body is framed
/// @param isKeepAlive whether the client would use the connection again
/// @param awaitsContinue whether the client waits for a 100 before it sends the body
record RequestHead(
        String id,
        HttpRequest raw,
        String method,
        RequestTarget target,
        Homes.Place place,
        ClientAddress client,
        ClientCertificate certificate,
        InetAddress peer,
        ProxyRequest.Body body,
        boolean isKeepAlive,
        boolean awaitsContinue) {

    HomeId home() {
        return place.home();
    }

    Origin origin() {
        return place.origin();
    }

    /// The value of a header that appears once at most; empty text where it is absent.
    String header(CharSequence name) {
        String value = raw.headers().get(name);
        return value == null ? "" : value;
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /// For whom answers are that say what cannot be done.
    ProblemForm problemForm() {
        return ProblemForm.of(target.path());
    }

    /// For our own handlers.
    Headers headers() {
        HttpHeaders sent = raw.headers();
        return new Headers(
                sent.entries().stream()
                        .map(entry -> new Header(entry.getKey(), entry.getValue()))
                        .toList());
    }
}
