package dev.vestibule.scim;

import dev.vestibule.audit.EndReason;
import dev.vestibule.directory.Asking;
import dev.vestibule.http.Guard;
import dev.vestibule.http.Handler;
import dev.vestibule.http.Request;
import dev.vestibule.http.Response;
import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.Cause;
import dev.vestibule.tenant.Tenant;
import dev.vestibule.tenant.TenantAuthentication;
import dev.vestibule.tenant.Tenants;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes each request of `/scim/v2` through the same steps: whose it is, whether there is room for
/// it, and who answers. Safe to share between threads.
final class ScimHandler implements Handler, Guard {

    private static final String SCHEME = "bearer ";
    private static final String SEARCH = ".search";
    private static final int BASE_SEGMENTS = 2;
    private static final int SMALL_BODY = 64 * 1024;

    private final Tenants tenants;
    private final Throttle throttle;
    private final Alarms alarms;
    private final Renderings renderings;
    private final Endpoints endpoints;

    /// Who answers.
    record Endpoints(
            DiscoveryEndpoint discovery, ResourceEndpoint resources, SearchEndpoint searches) {}

    ScimHandler(
            Tenants tenants,
            Throttle throttle,
            Alarms alarms,
            Renderings renderings,
            Endpoints endpoints) {
        this.tenants = tenants;
        this.throttle = throttle;
        this.alarms = alarms;
        this.renderings = renderings;
        this.endpoints = endpoints;
    }

    @Override
    public Response handle(Request request) {
        try {
            return switch (authenticate(request)) {
                case TenantAuthentication.Refused() -> ScimAnswers.unauthenticated();
                case TenantAuthentication.TooMany(var pause) -> tooMany(pause);
                case TenantAuthentication.Authenticated(var tenant) -> admitted(request, tenant);
            };
        } catch (ScimError error) {
            return ScimAnswers.error(error);
        }
    }

    @Override
    public Optional<Response> refusal(Request head) {
        return switch (authenticate(head)) {
            case TenantAuthentication.Refused() -> Optional.of(ScimAnswers.unauthenticated());
            case TenantAuthentication.TooMany(var pause) -> Optional.of(tooMany(pause));
            case TenantAuthentication.Authenticated _ -> Optional.empty();
        };
    }

    private TenantAuthentication authenticate(Request request) {
        return tenants.authenticate(bearer(request), request.client(), request.id());
    }

    private static Response tooMany(Duration pause) {
        return ScimAnswers.error(
                ScimError.tooManyRequests(pause, "Too many requests were refused from here."));
    }

    /// RFC 6750 section 2.1: the name of the scheme is read without case.
    private static String bearer(Request request) {
        String header = request.headers().single("authorization").orElse("");
        return header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    private Response admitted(Request http, Tenant tenant) {
        ScimRequest request =
                new ScimRequest(http, asking(http, tenant), path(http), renderings.at(http.home()));
        boolean isLarge = http.bodyLength() > SMALL_BODY;
        Throttle.Place place =
                throttle.enter(
                        tenant.id(), isLarge ? Throttle.HEAVIEST : weight(request.path()), isLarge);
        try {
            return route(request).afterwards(place::leave);
        } catch (ScimError error) {
            place.leave();
            if (error.isUnreadableActive()) {
                alarms.unreadableActive(request);
            }
            throw error;
        } catch (RuntimeException | Error failed) {
            place.leave();
            throw failed;
        } finally {
            place.finish();
        }
    }

    private static Asking asking(Request http, Tenant tenant) {
        return new Asking(
                tenant,
                new Cause(
                        "scim:" + tenant.name(),
                        EndReason.BY_IDENTITY_SYSTEM,
                        http.client().toString()));
    }

    private static List<String> path(Request http) {
        List<String> segments = http.target().segments();
        List<String> below = segments.subList(BASE_SEGMENTS, segments.size());
        boolean endsInSlash = !below.isEmpty() && below.getLast().isEmpty();
        return endsInSlash ? below.subList(0, below.size() - 1) : below;
    }

    /// What may need much memory: many resources in an answer, many members of a group.
    ///
    /// Attack: many searches that pass for one user each, until no memory is left.
    static int weight(List<String> path) {
        boolean isOneUser =
                path.size() == 2 && path.getFirst().equals("Users") && !isSearch(path.getLast());
        return isOneUser ? 1 : Throttle.HEAVY;
    }

    private static boolean isSearch(String segment) {
        return segment.equals(SEARCH);
    }

    private Response route(ScimRequest request) {
        List<String> path = request.path();
        return switch (path.isEmpty() ? "" : path.getFirst()) {
            case "" -> endpoints.searches().everything(request);
            case SEARCH -> single(path, () -> endpoints.searches().byBody(request));
            case "Users" -> resources(request, ResourceKind.USER);
            case "Groups" -> resources(request, ResourceKind.GROUP);
            case "ServiceProviderConfig", "ServiceProviderConfigs", "ResourceTypes", "Schemas" ->
                    endpoints.discovery().answer(request);
            case "Me" -> throw ScimError.notImplemented("A client of SCIM is nobody itself.");
            case "Bulk" -> throw ScimError.notImplemented("Bulk operations are not served.");
            default -> throw nothingHere();
        };
    }

    private Response resources(ScimRequest request, ResourceKind kind) {
        List<String> path = request.path();
        return switch (path.size()) {
            case 1 -> endpoints.resources().collection(request, kind);
            case 2 ->
                    isSearch(path.getLast())
                            ? endpoints.searches().byBody(request, kind)
                            : endpoints.resources().one(request, kind, path.getLast());
            default -> throw nothingHere();
        };
    }

    private static Response single(List<String> path, Supplier<Response> answer) {
        if (path.size() > 1) {
            throw nothingHere();
        }
        return answer.get();
    }

    private static ScimError nothingHere() {
        return ScimError.notFound("There is nothing at this address.");
    }
}
