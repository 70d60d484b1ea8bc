package dev.vestibule.gate;

import dev.vestibule.config.HomeId;
import dev.vestibule.connection.Connections;
import dev.vestibule.connection.Shares;
import dev.vestibule.http.SetCookie;
import dev.vestibule.policy.AccessRequest.Provenance;
import dev.vestibule.policy.BrowserId;
import dev.vestibule.policy.BrowserIds;
import dev.vestibule.policy.Caller;
import dev.vestibule.policy.RouteClass;
import dev.vestibule.proxy.Downstream;
import dev.vestibule.proxy.Exchange;
import dev.vestibule.proxy.ForwardRules;
import dev.vestibule.proxy.ForwardRules.OnBehalf;
import dev.vestibule.proxy.ProxyRequest;
import dev.vestibule.proxy.SocketRelay;
import dev.vestibule.proxy.SocketRequest;
import dev.vestibule.proxy.SocketRequest.SocketKind;
import dev.vestibule.proxy.Upstream;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The ways behind the door: to each Home Assistant by HTTP, and to the websocket relay. Safe to
/// share between threads.
public final class Passage {

    private final Map<HomeId, Way> ways;
    private final SocketRelay sockets;
    private final BrowserIds browsers;
    private final ForwardRules rules;

    public Passage(
            Map<HomeId, Way> ways, SocketRelay sockets, BrowserIds browsers, ForwardRules rules) {
        this.ways = Map.copyOf(ways);
        this.sockets = sockets;
        this.browsers = browsers;
        this.rules = rules;
    }

    /// The way to one home.
    ///
    /// @param namesClient whether Home Assistant accepts forwarding headers from us; never waits
    /// @param unowned the connections of callers whom no end of access cuts off; ended, for good,
    ///   when the operator takes the gateway away from the home
    public record Way(Upstream upstream, BooleanSupplier namesClient, Shares unowned) {}

    /// What a caller's stream is registered with, so that it is cut one day.
    Connections connections(RequestHead head, Caller caller) {
        return caller.connections(way(head.home()).unowned(), head.client());
    }

    /// Whether the operator takes the gateway away from a home, or did. Never waits.
    boolean isLeft(HomeId home) {
        return !way(home).unowned().isLive();
    }

    Exchange prepare(Channel channel, RequestHead head, RouteClass kind, Downstream client) {
        return prepare(channel, head, headers(head, kind), client);
    }

    Exchange prepare(Channel channel, RequestHead head, HttpHeaders headers, Downstream client) {
        return way(head.home())
                .upstream()
                .prepare(
                        new ProxyRequest(
                                channel.eventLoop(),
                                head.raw().method(),
                                head.target().pathAndQuery(),
                                headers,
                                head.body()),
                        client);
    }

    HttpHeaders headers(RequestHead head, RouteClass kind) {
        return rules.toUpstream(
                head.raw().headers(),
                new OnBehalf(
                        head.origin(),
                        head.client(),
                        way(head.home()).namesClient().getAsBoolean(),
                        kind));
    }

    private Way way(HomeId home) {
        Way way = ways.get(home);
        if (way == null) {
            throw new IllegalStateException("no way to home " + home);
        }
        return way;
    }

    /// Leaves the connection to the relay. A page of somebody else may open it, as Cast does, but
    /// what it authenticates with says nothing about this browser (attack: a page that signs the
    /// browser of its reader in as its author).
    void hand(Channel channel, RequestHead head, SocketKind kind, Provenance page) {
        HttpHeaders more = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        boolean isForeign = page == Provenance.FOREIGN;
        Optional<BrowserId> sent = isForeign ? Optional.empty() : browser(head);
        BrowserId browser = sent.orElseGet(browsers::create);
        if (sent.isEmpty() && !isForeign) {
            more.set(HttpHeaderNames.SET_COOKIE, cookie(head, browser).line());
        }
        sockets.accept(
                new SocketRequest(
                        head.id(),
                        kind,
                        channel,
                        head.raw(),
                        head.target(),
                        more,
                        head.home(),
                        head.origin(),
                        head.client(),
                        head.certificate(),
                        browser));
    }

    /// The cookie for a page of the shell; empty where the browser has one.
    Optional<SetCookie> newBrowserCookie(RequestHead head) {
        return browser(head).isPresent()
                ? Optional.empty()
                : Optional.of(cookie(head, browsers.create()));
    }

    private Optional<BrowserId> browser(RequestHead head) {
        return browsers.read(head.header(HttpHeaderNames.COOKIE), head.origin().isSecure());
    }

    private SetCookie cookie(RequestHead head, BrowserId browser) {
        return browsers.cookie(browser, head.origin().isSecure());
    }

    static SocketKind through(Caller caller, RouteClass kind) {
        return new SocketKind.Through(caller, kind);
    }
}
