package dev.vestibule.scim;

import dev.vestibule.directory.Asking;
import dev.vestibule.http.Request;
import dev.vestibule.tenant.TenantId;

import java.util.List;

/// A request whose client is known.
///
/// @param path the segments below `/scim/v2`, without the empty one behind a slash at the end
/// @param rendering how resources look at the home that was asked
record ScimRequest(Request http, Asking asking, List<String> path, Rendering rendering) {

    ScimRequest {
        path = List.copyOf(path);
    }

    TenantId tenant() {
        return asking.tenant().id();
    }

    /// HEAD is answered as GET is; the listener leaves the body out.
    String method() {
        return http.method().equals("HEAD") ? "GET" : http.method();
    }
}
