package dev.vestibule.dialect;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// One thing that an identity system does.
sealed interface Step {

    Phase phase();

    String name();

    /// A request, and what it must hear.
    ///
    /// @param path behind the base, as it stands on the wire, but for `${...}`
    /// @param body as it is sent, but for `${...}`; empty for none
    /// @param answer the part of the answer that counts; missing where nothing does
    /// @param absent attributes that the answer must not have
    /// @param keep where in the answer what is that later steps name as `${...}`
    /// @param times how often it is sent, with `${n}` counting from 1
    record Sent(
            Phase phase,
            String name,
            String method,
            String path,
            Map<String, String> headers,
            String body,
            int status,
            JsonNode answer,
            Set<String> absent,
            Map<String, String> keep,
            int times,
            Mark mark)
            implements Step {

        public Sent {
            headers = Map.copyOf(headers);
            absent = Set.copyOf(absent);
            keep = Map.copyOf(keep);
        }
    }

    /// authentik is about to replace a user, and does not where that would change nothing.
    ///
    /// @param path of the resource
    /// @param body that would be sent
    record AuthentikSkips(Phase phase, String name, String path, String body) implements Step {}

    /// authentik reads everybody page by page, to adopt whom it knows by user name or address.
    ///
    /// @param path `/Users` or `/Groups`
    /// @param sees the names of all that it finds
    /// @param alike how many more it finds, called as the step says that made them
    record AuthentikDiscovers(Phase phase, String name, String path, List<String> sees, int alike)
            implements Step {

        public AuthentikDiscovers {
            sees = List.copyOf(sees);
        }
    }

    /// Pocket ID reads everybody page by page, and deletes whomever it does not know.
    ///
    /// @param path `/Users` or `/Groups`
    /// @param knows the external ids of its own
    record PocketIdSweeps(Phase phase, String name, String path, List<String> knows)
            implements Step {

        public PocketIdSweeps {
            knows = List.copyOf(knows);
        }
    }
}
