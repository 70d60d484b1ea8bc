package dev.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class RequestTargetTest {

    @Test
    void splitsAPathIntoDecodedSegments() {
        RequestTarget target = RequestTarget.parse("/api/states/light.k%C3%BCche?a=b");

        assertThat(target.segments()).containsExactly("api", "states", "light.küche");
        assertThat(target.query()).isEqualTo("a=b");
    }

    @Test
    void sendsTheSpellingThatItMatched() {
        assertThat(RequestTarget.parse("/%61pi/%73tates?x=%41").pathAndQuery())
                .isEqualTo("/api/states?x=%41");
    }

    @Test
    void keepsATrailingSlash() {
        assertThat(RequestTarget.parse("/config/").segments()).containsExactly("config", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api",
                "*",
                "http://evil.example/api",
                "//api/states",
                "/api//states",
                "/api/./states",
                "/auth/providers/../../api/config",
                "/auth/%2e%2e/api",
                "/api/webhook/..%2f..%2fapi/states",
                "/api%5cstates",
                "/api\\states",
                "/a/%252e%252e%252f",
                "/a/%2500",
                "/a%00b",
                "/a%0d%0ab",
                "/a%7fb",
                "/a b",
                "/a%",
                "/a%4",
                "/a%zz",
                "/a%c0%af",
                "/a%ff",
                "/a\u00e9",
                "/health#/../api/states",
                "/api%ef%bc%8fstates",
                "/%ef%bc%8e%ef%bc%8e/api",
                "/a/%ef%bc%8541",
            })
    void refusesWhatCanBeReadInTwoWays(String raw) {
        assertThatThrownBy(() -> RequestTarget.parse(raw)).isInstanceOf(BadRequest.class);
    }

    @Test
    void takesASemicolonForALetter() {
        assertThat(RequestTarget.parse("/auth;x=1/authorize").isUnder(List.of("auth"))).isFalse();
    }

    @Test
    void liesUnderAPrefixBySegmentsOnly() {
        assertThat(RequestTarget.parse("/api/webhookadmin").isUnder(List.of("api", "webhook")))
                .isFalse();
        assertThat(RequestTarget.parse("/api/webhook/x").isUnder(List.of("api", "webhook")))
                .isTrue();
    }

    @Property
    void readsItsOwnSpellingAsTheSameTarget(@ForAll @StringLength(max = 40) String text) {
        RequestTarget target;
        try {
            target = RequestTarget.parse("/" + PercentCoding.encodeSegment(text));
        } catch (BadRequest refused) {
            return;
        }
        assertThat(RequestTarget.parse(target.pathAndQuery())).isEqualTo(target);
    }
}
