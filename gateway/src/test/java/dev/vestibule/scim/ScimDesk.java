package dev.vestibule.scim;

import dev.vestibule.TestFacts;
import dev.vestibule.audit.Actor;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.audit.AuthenticationFailures;
import dev.vestibule.audit.RequestRefusals;
import dev.vestibule.config.Origin;
import dev.vestibule.directory.Directory;
import dev.vestibule.directory.DirectoryLimits;
import dev.vestibule.directory.Heard;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Headers;
import dev.vestibule.http.Headers.Header;
import dev.vestibule.http.Request;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.http.Response;
import dev.vestibule.metric.Meters;
import dev.vestibule.network.AddressLimiter;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;
import dev.vestibule.tenant.NewTenant;
import dev.vestibule.tenant.TenantName;
import dev.vestibule.tenant.Tenants;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The room over a fresh database, without a door before it and people behind it. Each test opens
/// and closes its own. What the door adds is for `ScimHouse`.
final class ScimDesk implements AutoCloseable {

    static final String BASE = "https://home.example/scim/v2";
    static final int REQUESTS_PER_SECOND = 50;

    private static final Origin ORIGIN = Origin.parse("https://home.example").orElseThrow();
    private static final ClientAddress OFFICE =
            new ClientAddress.Known(InetAddress.ofLiteral("192.0.2.1"));

    final TestFacts facts = new TestFacts();
    final Heard heard = new Heard();
    final Tenants tenants =
            new Tenants(
                    facts.clock,
                    facts.secrets,
                    facts.database,
                    facts.audit,
                    new Tenants.Doorkeeping(
                            new AddressLimiter(facts.clock, 1_000),
                            new RequestRefusals(
                                    facts.clock,
                                    new AuthenticationFailures(facts.clock),
                                    new Meters())));
    private final Handler handler;

    ScimDesk() {
        this(DirectoryLimits.DEFAULTS);
    }

    ScimDesk(DirectoryLimits limits) {
        Directory directory =
                new Directory(
                        facts.clock, facts.secrets, facts.database, facts.audit, heard, limits);
        this.handler =
                new Scim(
                                facts.clock,
                                tenants,
                                directory,
                                facts.audit,
                                Map.of(TestFacts.HOME, ORIGIN),
                                REQUESTS_PER_SECOND)
                        .handler();
    }

    /// A client with a token of its own.
    ScimClient client(String name) {
        return bearer("Bearer " + tokenOf(name));
    }

    /// The token of a new client.
    String tokenOf(String name) {
        NewTenant tenant = new NewTenant(new TenantName(name), Optional.empty(), List.of());
        return tenants.add(tenant, Actor.CONSOLE).orElseThrow().reveal();
    }

    /// Somebody who shows this.
    ScimClient bearer(String authorization) {
        return new ScimClient(
                (method, path, headers, body) ->
                        ask(method, path, withAuthorization(headers, authorization), body));
    }

    private static List<Header> withAuthorization(List<Header> headers, String authorization) {
        List<Header> all = new ArrayList<>(headers);
        if (!authorization.isEmpty()) {
            all.add(new Header("Authorization", authorization));
        }
        return all;
    }

    private ScimClient.Answer ask(String method, String path, List<Header> headers, byte[] body) {
        Response response =
                handler.handle(
                        new Request(
                                "request-1",
                                TestFacts.HOME,
                                ORIGIN,
                                method,
                                RequestTarget.parse("/scim/v2" + path),
                                new Headers(headers),
                                OFFICE,
                                ClientCertificate.NONE,
                                body));
        response.done();
        return new ScimClient.Answer(
                response.status(),
                new Headers(response.headers()),
                new String(response.body(), StandardCharsets.UTF_8));
    }

    /// The events of the audit log as `Kind detail`, the oldest first.
    List<String> audited() {
        List<AuditLog.Line> lines = new ArrayList<>(facts.audit.newest(10_000));
        return lines.reversed().stream().map(line -> line.kind() + " " + line.detail()).toList();
    }

    @Override
    public void close() {
        facts.close();
    }
}
