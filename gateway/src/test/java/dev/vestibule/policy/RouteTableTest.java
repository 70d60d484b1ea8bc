package dev.vestibule.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.http.RequestTarget;
import dev.vestibule.policy.RouteTable.Match;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Set;

class RouteTableTest {

    private static Route route(String pattern, String... methods) {
        return new Route(
                RoutePattern.of(pattern),
                Set.of(methods),
                RouteClass.CLOSED,
                0,
                false,
                new Route.Action.Deny());
    }

    private final RouteTable table =
            new RouteTable(
                    List.of(
                            route("/", "GET"),
                            route("/api/**", "GET", "POST"),
                            route("/api/webhook/*", "POST"),
                            route("/api/webhook/**", "GET"),
                            route("/api/addons/*/icon", "GET"),
                            route("/api/addons/self/**", "GET"),
                            route("/static/**", "GET")));

    private String find(String method, String path) {
        return switch (table.find(method, RequestTarget.parse(path))) {
            case Match.Found(var route) -> String.join("/", route.pattern().segments());
            case Match.OtherMethod(var allowed) -> allowed.toString();
            case Match.Nothing() -> "nothing";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/|''",
                "HEAD|/|''",
                "POST|/|[GET, HEAD]",
                "GET|/api|api",
                "GET|/api/|api",
                "GET|/api/states/a|api",
                "POST|/api/webhook/abc|api/webhook/*",
                "GET|/api/webhook/abc|[POST]",
                "GET|/api/webhook/abc/d|api/webhook",
                "GET|/api/webhook/|api/webhook",
                "GET|/api/webhookadmin|api",
                "GET|/api/addons/core/icon|api/addons/*/icon",
                "GET|/api/addons/self/icon|api/addons/self",
                "GET|/api/addons/core/logo|api",
                "GET|/static|static",
                "GET|/staticx|nothing",
                "GET|/lovelace|nothing",
                "DELETE|/api/states|[GET, HEAD, POST]"
            })
    void theMostExactRouteCovers(String method, String path, String pattern) {
        assertThat(find(method, path)).isEqualTo(pattern);
    }

    @Test
    void twoRoutesForOneRequestAreABug() {
        assertThatThrownBy(() -> new RouteTable(List.of(route("/a", "GET"), route("/a", "GET"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOpenEndStandsAtTheEndOnly() {
        assertThatThrownBy(() -> RoutePattern.of("/a/**/b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RoutePattern.of("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
