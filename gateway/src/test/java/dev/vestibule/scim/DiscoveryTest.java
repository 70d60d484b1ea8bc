package dev.vestibule.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.resource.ScimLimits;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class DiscoveryTest {

    private final ScimDesk desk = new ScimDesk();
    private final ScimClient authentik = desk.client("authentik");

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void whatIsAdvertisedIsWhatHolds() {
        JsonNode config = authentik.get("/ServiceProviderConfig").expect(200).json();

        assertThat(config.path("patch").path("supported").asBoolean()).isTrue();
        assertThat(config.path("etag").path("supported").asBoolean()).isTrue();
        assertThat(config.path("bulk").path("supported").asBoolean(true)).isFalse();
        assertThat(config.path("bulk").path("maxOperations").asInt()).isPositive();
        assertThat(config.path("filter").path("maxResults").asInt())
                .isEqualTo(ScimLimits.RESULTS_MAX);
        assertThat(config.path("authenticationSchemes").get(0).path("type").asText())
                .isEqualTo("oauthbearertoken");
        assertThat(authentik.get("/ServiceProviderConfigs").expect(200).json()).isEqualTo(config);
        authentik.post("/Bulk", "{}").expectError(501, "");
    }

    @Test
    void everyTypeCanBeReadWhereItSaysThatItIs() {
        for (String list : List.of("/ResourceTypes", "/Schemas")) {
            JsonNode all = authentik.get(list).expect(200).json();

            assertThat(all.path("totalResults").asInt())
                    .isEqualTo(all.path("Resources").size())
                    .isEqualTo(all.path("itemsPerPage").asInt())
                    .isGreaterThanOrEqualTo(2);
            for (JsonNode one : all.path("Resources")) {
                String location = one.path("meta").path("location").asText();
                assertThat(location).startsWith(ScimDesk.BASE + list + "/");
                String path = location.substring(ScimDesk.BASE.length());
                assertThat(authentik.get(path).expect(200).json()).isEqualTo(one);
            }
        }
    }

    @Test
    void everyEndpointThatIsNamedIsThere() {
        List<String> endpoints = new ArrayList<>();
        authentik
                .get("/ResourceTypes")
                .json()
                .path("Resources")
                .forEach(type -> endpoints.add(type.path("endpoint").asText()));

        assertThat(endpoints).containsExactlyInAnyOrder("/Users", "/Groups");
        endpoints.forEach(endpoint -> authentik.get(endpoint).expect(200));
    }

    @Test
    void whatCanBeDoneIsNotSearched() {
        for (String path : List.of("/ServiceProviderConfig", "/ResourceTypes", "/Schemas")) {
            authentik.get(path + "?filter=id+eq+%22User%22").expectError(403, "");
        }
    }
}
