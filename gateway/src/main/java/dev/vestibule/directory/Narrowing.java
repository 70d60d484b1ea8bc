package dev.vestibule.directory;

import dev.vestibule.resource.CaseFold;
import dev.vestibule.resource.Filter.Equality;
import dev.vestibule.resource.ResourceKind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which rows a filter can match at all, as far as an index knows. Whatever it leaves in, the
/// filter judges.
///
/// @param condition of SQL over a row `r`
/// @param values what the condition binds besides tenant and kind
record Narrowing(String condition, Map<String, String> values) {

    private static final String OF_TENANT = "r.tenant_id = :tenant AND r.kind = :kind";

    static final Narrowing NONE = new Narrowing(OF_TENANT, Map.of());

    Narrowing {
        values = Map.copyOf(values);
    }

    /// @param required what holds of every resource that the filter matches
    static Narrowing of(ResourceKind kind, List<Equality> required) {
        List<String> conditions = new ArrayList<>(List.of(OF_TENANT));
        Map<String, String> values = new HashMap<>();
        for (Equality equality : required) {
            String name = "value" + values.size();
            String condition = condition(kind, equality, ":" + name);
            if (!condition.isEmpty()) {
                conditions.add(condition);
                values.put(name, key(equality));
            }
        }
        return new Narrowing(String.join(" AND ", conditions), values);
    }

    private static String condition(ResourceKind kind, Equality equality, String value) {
        return switch (equality.attribute()) {
            case "id" -> "r.id = " + value;
            case "externalId" -> "r.external_id = " + value;
            case "userName" -> kind == ResourceKind.USER ? "r.name_key = " + value : "";
            case "displayName" -> kind == ResourceKind.GROUP ? "r.name_key = " + value : "";
            case "members.value" ->
                    kind == ResourceKind.GROUP
                            ? "r.id IN (SELECT m.group_id FROM scim_member m"
                                    + " WHERE m.tenant_id = :tenant AND m.member_id = "
                                    + value
                                    + ")"
                            : "";
            default -> "";
        };
    }

    private static String key(Equality equality) {
        return switch (equality.attribute()) {
            case "userName", "displayName" -> CaseFold.of(equality.value());
            default -> equality.value();
        };
    }
}
