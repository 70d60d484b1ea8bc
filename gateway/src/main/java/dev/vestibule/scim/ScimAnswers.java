package dev.vestibule.scim;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.http.Problems;
import dev.vestibule.http.Response;
import dev.vestibule.resource.ScimError;
import dev.vestibule.resource.ScimType;

import java.nio.ByteBuffer;
import java.time.Duration;

/// Answers in SCIM's own form (RFC 7644 sections 3.1 and 3.12).
final class ScimAnswers {

    private ScimAnswers() {}

    static Response json(int status, JsonNode body) {
        return Response.json(status, body).replacing("content-type", Problems.SCIM_JSON);
    }

    static Response json(int status, ByteBuffer body) {
        return Response.bytes(status, Problems.SCIM_JSON, body);
    }

    static Response error(ScimError error) {
        Response answer =
                Problems.scim(
                        error.status(),
                        error.type().map(ScimType::keyword).orElse(""),
                        error.detail());
        return error.retryAfter()
                .map(pause -> answer.with("retry-after", seconds(pause)))
                .orElse(answer);
    }

    /// Whole seconds, and never less than the pause.
    private static String seconds(Duration pause) {
        return Long.toString(Math.max(1, pause.plusMillis(999).toSeconds()));
    }

    /// RFC 6750 section 3. Whether a token is missing, wrong or used from elsewhere is not told.
    static Response unauthenticated() {
        return Problems.scim(401, "", "A bearer token of a SCIM client is needed.")
                .with("www-authenticate", "Bearer realm=\"Vestibule SCIM\"");
    }

    static Response otherMethod(String allowed) {
        return error(ScimError.methodNotAllowed("This cannot be done here."))
                .with("allow", allowed);
    }
}
