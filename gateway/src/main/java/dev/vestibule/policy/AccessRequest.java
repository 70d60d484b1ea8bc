package dev.vestibule.policy;

import dev.vestibule.config.HomeId;
import dev.vestibule.http.RequestTarget;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;

/// Everything that the policy may look at, parsed by the door.
///
/// @param method upper case
/// @param certificate what the client proved to have
/// @param provenance from whose page the browser says that the request comes
/// @param isNavigation true where a person's browser opens a page and could follow a redirect
public record AccessRequest(
        HomeId home,
        RouteClass kind,
        String method,
        RequestTarget target,
        ClientAddress client,
        ClientCertificate certificate,
        Credentials credentials,
        Provenance provenance,
        boolean isNavigation) {

    /// From whose page a request comes, by `Origin` and `Sec-Fetch-Site`.
    public enum Provenance {
        /// A page of this home.
        OURS,
        /// A page of somebody else.
        FOREIGN,
        /// Nothing was said: no browser, or a navigation.
        UNSAID
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
