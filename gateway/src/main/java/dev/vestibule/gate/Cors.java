package dev.vestibule.gate;

import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Response;
import dev.vestibule.policy.Route;
import dev.vestibule.policy.RouteTable;

import io.netty.handler.codec.http.HttpHeaderNames;

import java.util.List;

/// Lets pages of foreign origins ask where Home Assistant lets them: token, revoke, webhook. No
/// cookie counts there, so none is allowed along. Preflights are answered here and never forwarded.
final class Cors {

    private static final String HEADERS =
            "Origin, Accept, X-Requested-With, Content-Type, Authorization";

    private Cors() {}

    static boolean isPreflight(RequestHead head) {
        return head.method().equals("OPTIONS")
                && !head.header(HttpHeaderNames.ORIGIN).isEmpty()
                && !head.header(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD).isEmpty();
    }

    /// Fetch standard, CORS-preflight: 200 where the method may be used, 403 where not.
    static Response preflight(RequestHead head, RouteTable routes) {
        String method = head.header(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        return switch (routes.find(method, head.target())) {
            case RouteTable.Match.Found(Route route) when route.isForEverybodysPages() ->
                    Response.empty(200)
                            .with("access-control-allow-methods", method)
                            .with("access-control-allow-headers", HEADERS);
            case RouteTable.Match.Found _,
                    RouteTable.Match.OtherMethod _,
                    RouteTable.Match.Nothing _ ->
                    Response.text(403, "Pages of other origins may not ask this.");
        };
    }

    /// The headers that let the page read the answer.
    ///
    /// @param origin the page's; empty text where there is none, or where it may not ask
    static List<Header> forAnswer(String origin) {
        return origin.isEmpty()
                ? List.of()
                : List.of(
                        new Header("access-control-allow-origin", origin),
                        new Header("vary", "Origin"));
    }
}
