package dev.vestibule.config;

import java.net.URI;
import java.util.List;

/// Which programs may ask for access besides the home's own pages and the companion apps.
///
/// @param googleProjects ids of the Google projects whose Assistant may be linked. Default: none.
///   Example: `[my-home-12345]`
/// @param alexaVendors vendor ids of the Alexa skills that may be linked. Default: none. Example:
///   `[M2ABCDEFGHIJKL]`
/// @param documents client ID metadata documents that are known. Default: none. Example:
///   `[https://app.example.org/client.json]`
/// @param unknown what becomes of every other client that is well-formed. Default: `refuse`.
///   Example: `ask`
public record ClientsConfig(
        List<String> googleProjects,
        List<String> alexaVendors,
        List<URI> documents,
        UnknownClients unknown) {

    public ClientsConfig {
        googleProjects = List.copyOf(googleProjects);
        alexaVendors = List.copyOf(alexaVendors);
        documents = List.copyOf(documents);
    }

    /// What becomes of clients that nobody listed.
    public enum UnknownClients {
        /// Nobody can give them anything.
        REFUSE,
        /// The person is asked, on a page that names the client.
        ASK
    }
}
