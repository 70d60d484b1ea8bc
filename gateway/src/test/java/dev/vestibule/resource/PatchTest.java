package dev.vestibule.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchTest {

    private static final ObjectNode ADA =
            FilterTest.object("{\"schemas\":[\"x\"],\"userName\":\"ada\",\"active\":true}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','value':{'active':false}}",
                "{'op':'Replace','path':'active','value':'False'}",
                "{'op':'replace','path':'active','value':false}",
                "{'op':'replace','path':'active','value':[{'value':'False'}]}",
            })
    void switchesOff(String operation) {
        ObjectNode body =
                FilterTest.object("{'Operations':[%s]}".formatted(operation).replace('\'', '"'));

        ObjectNode after = Patch.read(ResourceKind.USER, body).applyTo("1", ADA);

        assertThat(Documents.isActive(after)).isFalse();
        assertThat(Documents.isActive(ADA)).isTrue();
    }
}
