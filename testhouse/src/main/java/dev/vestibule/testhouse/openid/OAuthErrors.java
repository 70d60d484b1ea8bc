package dev.vestibule.testhouse.openid;

/// Error answers of the token and PAR endpoints, RFC 6749 section 5.2.
final class OAuthErrors {

    private OAuthErrors() {}

    static Answer of(int status, String error, String description) {
        return Answer.json(
                        status,
                        Json.object().put("error", error).put("error_description", description))
                .unstored();
    }

    /// 401, and a challenge for those who tried Basic.
    static Answer invalidClient(ProviderRequest request) {
        Answer answer = of(401, "invalid_client", "the client is not who it says it is");
        return request.header("authorization").isPresent()
                ? answer.with("WWW-Authenticate", "Basic realm=\"token\"")
                : answer;
    }
}
