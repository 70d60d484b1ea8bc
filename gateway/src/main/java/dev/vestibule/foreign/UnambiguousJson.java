package dev.vestibule.foreign;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// JSON of others that can be read in one way only.
///
/// Attack: a member that stands there twice. Two readers resolve it differently, and what one of
/// them checked is not what the other does (RFC 8259 section 4). The same goes for what stands
/// behind the end.
public final class UnambiguousJson {

    private UnambiguousJson() {}

    /// A reader that refuses both.
    ///
    /// @param limits beyond which no real document of the place goes
    public static JsonMapper.Builder within(StreamReadConstraints limits) {
        return JsonMapper.builder(
                        JsonFactory.builder()
                                .streamReadConstraints(limits)
                                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .build())
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
