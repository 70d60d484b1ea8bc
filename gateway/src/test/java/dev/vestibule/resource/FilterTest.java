package dev.vestibule.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

class FilterTest {

    private static final ObjectNode ADA =
            object(
                    """
                    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
                     "id":"0193-AB","externalId":"5F0c",
                     "userName":"Ada","displayName":"Ada Lovelace",
                     "name":{"givenName":"Ada","familyName":"Lovelace"},
                     "active":true,"loginCount":12,"title":"",
                     "emails":[{"value":"ada@home.example","type":"work","primary":true},
                               {"value":"ada@old.example","type":"home"}],
                     "shoes":[{"colour":"red"}],
                     "nicknames":["Countess","Enchantress"],
                     "groups":[{"value":"g1","display":"Family"}],
                     "meta":{"resourceType":"User","lastModified":"2026-11-24T10:00:00Z"},
                     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                         {"employeeNumber":"7","manager":{"value":"0193-CD"}},
                     "urn:example:House":{"floor":"second"}}
                    """);

    static ObjectNode object(String json) {
        return (ObjectNode) Documents.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName eq \"ada\"",
                "userName eq ada",
                "USERNAME EQ \"ADA\"",
                "displayName eq Ada Lovelace",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"ada\"",
                "externalId eq \"5F0c\"",
                "emails[type eq \"work\"].value eq \"ADA@home.example\"",
                "emails[type eq work].value eq ada@home.example",
                "emails[type eq \"work\" and value co \"@home\"]",
                "emails.value eq \"ada@old.example\"",
                "emails eq \"ada@old.example\"",
                "emails pr and not (title pr)",
                "userName eq \"ada\" and active eq true",
                "active eq \"True\"",
                "active ne false",
                "id eq \"0193-AB\" and groups eq \"g1\"",
                "meta.lastModified gt \"2026-11-24T10:30:00+01:00\"",
                "meta.lastModified le \"2026-11-24T10:00:00.000Z\"",
                "userName eq \"x\" or userName sw \"a\" and displayName ew \"lace\"",
                "not (userName eq \"bob\")",
                "not(userName eq \"bob\" or userName eq \"eve\")",
                "title eq \"\"",
                "nickName eq null",
                "userName ne null",
                "nickName ne \"x\"",
                "loginCount gt 9",
                "loginCount eq 12.0",
                "shoes.colour eq \"Red\"",
                "shoes[colour eq red]",
                "nicknames eq \"countess\"",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq 7",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq \"0193-CD\"",
                "urn:example:House:floor eq \"second\"",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr",
                "displayName eq \"\\u0041da \\u004Covelace\"",
                "userName gt \"Aa\" and userName lt \"B\"",
            })
    void findsAda(String filter) {
        assertThat(Filter.parse(ResourceKind.USER, filter).matches(ADA)).as(filter).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName eq \"adam\"",
                "id eq \"0193-ab\"",
                "externalId eq \"5f0c\"",
                "emails[type eq \"home\"].value eq \"ada@home.example\"",
                "emails[type eq \"home\" and primary eq true]",
                "title pr",
                "unknown eq \"x\"",
                "unknown pr",
                "password eq \"secret\"",
                "userName co \"\\\"\"",
                "userName eq \"ada\" and active eq false",
                "userName eq true",
                "loginCount eq \"12\"",
                "meta.lastModified gt \"2026-11-24T10:00:00Z\"",
                "userName eq null",
            })
    void doesNotFindAda(String filter) {
        assertThat(Filter.parse(ResourceKind.USER, filter).matches(ADA)).as(filter).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "userName",
                "userName eq",
                "userName eq \"ada",
                "userName eq \"a\" and",
                "userName eq bob and",
                "userName eq \"a\"b\"",
                "userName eq \"a\" \"b\"",
                "userName like \"a\"",
                "(userName pr",
                "userName pr)",
                "not userName pr",
                "and",
                "emails[type eq \"work\"",
                "emails[]",
                "emails.type[value pr]",
                "emails[type[value pr]]",
                "userName eq \"\\x\"",
                "userName eq \"\\u12\"",
                "userName eq \"a\\u0000\"",
                "userName eq \"\\ud800\"",
                "userName eq \"\\",
                "user name eq \"x\" or",
                "name eq \"Ada\"",
                "active gt true",
                "userName gt true",
                "meta.lastModified gt \"yesterday\"",
                "a.b.c eq \"x\"",
                "__proto__ pr",
                "urn:ietf:params:scim:schemas:core:2.0:User eq \"x\"",
                "userName eq \"a\nb\"",
            })
    void refusesWhatIsNoFilter(String filter) {
        assertThatThrownBy(() -> Filter.parse(ResourceKind.USER, filter))
                .isInstanceOfSatisfying(
                        ScimError.class,
                        error -> {
                            assertThat(error.status()).isEqualTo(400);
                            assertThat(error.type()).contains(ScimType.INVALID_FILTER);
                        });
    }

    @Test
    void saysWhichLimitAFilterBreaks() {
        String deep = "(".repeat(21) + "title pr" + ")".repeat(21);
        String manifold = "title pr" + " or title pr".repeat(100);

        assertThatThrownBy(() -> Filter.parse(ResourceKind.USER, deep)).hasMessageContaining("20");
        assertThatThrownBy(() -> Filter.parse(ResourceKind.USER, manifold))
                .hasMessageContaining("100");
        assertThatThrownBy(() -> Filter.parse(ResourceKind.USER, " ".repeat(4_097)))
                .hasMessageContaining("4096");
        Filter.parse(ResourceKind.USER, deep.substring(1, deep.length() - 1));
        Filter.parse(ResourceKind.USER, manifold.substring(" or title pr".length()));
    }

    @Test
    void saysWhatAStoreMayLookFor() {
        assertThat(required("ID eq \"g\" and groups eq \"u\" and (displayName sw \"f\")"))
                .containsExactly(new Filter.Equality("id", "g"));
        assertThat(required("emails[type eq \"work\"].value eq \"x\" and userName eq 12"))
                .containsExactly(
                        new Filter.Equality("emails.value", "x"),
                        new Filter.Equality("userName", "12"));
        assertThat(required("not (id eq \"a\") and (id eq \"b\" or id eq \"c\")")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id eq \"g\" and members eq \"u\"",
                "id eq \"g\" and members[value eq \"u\"]",
                "id eq \"g\" and members.value eq \"u\"",
            })
    void readsEntrasTestOfMembership(String filter) {
        assertThat(Filter.parse(ResourceKind.GROUP, filter).required())
                .containsExactly(
                        new Filter.Equality("id", "g"), new Filter.Equality("members.value", "u"));
    }

    private static List<Filter.Equality> required(String filter) {
        return Filter.parse(ResourceKind.USER, filter).required();
    }
}
