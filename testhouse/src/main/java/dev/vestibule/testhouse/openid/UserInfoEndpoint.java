package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// UserInfo, OpenID Connect Core section 5.3, by GET and POST.
final class UserInfoEndpoint implements Handler {

    private final Grants grants;
    private final People people;
    private final Issuers issuers;
    private final Script script;

    UserInfoEndpoint(Grants grants, People people, Issuers issuers, Script script) {
        this.grants = grants;
        this.people = people;
        this.issuers = issuers;
        this.script = script;
    }

    @Override
    public Answer handle(ProviderRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            return Answer.of(405, "text/plain", "GET and POST only").with("Allow", "GET, POST");
        }
        Optional<Grant> grant = accessToken(request).flatMap(grants::findByAccessToken);
        return grant.flatMap(found -> people.findActive(found.subject()))
                .flatMap(person -> grant.map(found -> claims(person, found)))
                .map(this::finish)
                .orElseGet(UserInfoEndpoint::refuse);
    }

    /// RFC 6750 sections 2.1 and 2.2; never from the query.
    private static Optional<String> accessToken(ProviderRequest request) {
        Optional<String> header = request.header("authorization");
        if (header.isEmpty()) {
            return Optional.ofNullable(request.form().get("access_token")).map(List::getFirst);
        }
        return header.map(value -> Parameters.parts(value, ' '))
                .filter(parts -> parts.size() == 2)
                .filter(parts -> parts.getFirst().toLowerCase(Locale.ROOT).equals("bearer"))
                .map(List::getLast);
    }

    private static ObjectNode claims(Person person, Grant grant) {
        ObjectNode claims = Json.object().put("sub", grant.subject());
        claims.setAll(PersonClaims.of(person, grant.scope()));
        return claims;
    }

    private Answer finish(ObjectNode claims) {
        return script.about(UserInfoLie.class)
                .map(lie -> falsely(lie, claims))
                .orElseGet(() -> Answer.json(200, claims))
                .unstored();
    }

    private Answer falsely(UserInfoLie lie, ObjectNode claims) {
        return switch (lie) {
            case OTHER_SUBJECT -> Answer.json(200, claims.put("sub", "somebody-else"));
            case MISSING_SUBJECT -> Answer.json(200, claims.without("sub"));
            case CONFLICTING_CLAIMS -> Answer.json(200, conflicting(claims));
            case NOT_JSON -> Answer.page(200);
            case HUGE -> Answer.json(200, Answer.padded(claims));
            case SLOW -> Answer.json(200, claims).dripping();
            case SERVER_ERROR -> Answer.page(500);
            case REDIRECT -> Answer.redirect(307, issuers.elsewhere() + Endpoint.USER_INFO.path());
        };
    }

    private static ObjectNode conflicting(ObjectNode claims) {
        claims.put("name", "Somebody Else")
                .put("preferred_username", "somebody-else")
                .put("email", "somebody-else@example.org")
                .set("groups", Json.array(List.of("admins")));
        return claims;
    }

    private static Answer refuse() {
        return Answer.of(401, "text/plain", "")
                .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
}
