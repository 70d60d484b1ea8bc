package dev.vestibule.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnambiguousJsonTest {

    private final JsonMapper json =
            UnambiguousJson.within(StreamReadConstraints.builder().maxNestingDepth(2).build())
                    .build();

    @Test
    void whatCanBeReadInOneWayIsRead() throws JsonProcessingException {
        assertThat(json.readTree("{\"a\": {\"a\": 1}, \"b\": 2} ").at("/a/a").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 1}",
                "{\"b\": {\"a\": 1, \"a\": 2}}",
                "{\"a\": 1, \"\\u0061\": 2}",
                "{\"a\": 1} {}",
                "{\"a\": 1} x",
                "{\"a\": [[1]]}",
            })
    void whatTwoReadersReadDifferentlyIsNot(String text) {
        assertThatThrownBy(() -> json.readTree(text)).isInstanceOf(JsonProcessingException.class);
    }
}
