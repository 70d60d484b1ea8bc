package dev.vestibule.benchmarks;

/// A request of an identity system.
///
/// @param path behind `/scim/v2`, with its query
/// @param body empty where there is none
/// @param status which the answer must have: anything else makes the run fail
record ScimCall(String method, String path, String body, int status) {

    static ScimCall get(String path) {
        return new ScimCall("GET", path, "", 200);
    }

    static ScimCall post(String path, String body) {
        return new ScimCall("POST", path, body, 201);
    }

    /// Gives a user's attribute another value.
    static ScimCall replace(String userId, String path, String value) {
        return new ScimCall(
                "PATCH",
                "/Users/" + userId,
                operations(
                        "{\"op\": \"replace\", \"path\": \""
                                + path
                                + "\", \"value\": "
                                + value
                                + "}"),
                200);
    }

    static ScimCall addMember(String groupId, String userId) {
        return patchGroup(
                groupId,
                "{\"op\": \"Add\", \"path\": \"members\", \"value\": [{\"value\": \""
                        + userId
                        + "\"}]}");
    }

    static ScimCall removeMember(String groupId, String userId) {
        return patchGroup(
                groupId,
                "{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + userId + "\\\"]\"}");
    }

    /// @param operation one operation of a PATCH
    static ScimCall patchGroup(String id, String operation) {
        return new ScimCall("PATCH", "/Groups/" + id, operations(operation), 204);
    }

    static ScimCall delete(String path) {
        return new ScimCall("DELETE", path, "", 204);
    }

    private static String operations(String operation) {
        return "{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                + " \"Operations\": ["
                + operation
                + "]}";
    }
}
