package dev.vestibule.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.vestibule.config.LogFormat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lines as programs read them, whatever a stranger wrote into them.
final class LineEncoderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORGED =
            "2026-11-26T12:00:00.000Z INFO  AuthenticationFailures event=authentication-failure"
                    + " client=198.51.100.7 way=local reason=wrong-password request=x";
    private static final List<String> POISON =
            List.of(
                    "",
                    "a b=c",
                    "\n" + FORGED + "\n",
                    "\r" + FORGED,
                    "\u2028" + FORGED + "\u2029\u0085\u000b\u000c",
                    "\" client=198.51.100.7",
                    "\\\" client=198.51.100.7",
                    "\\",
                    "{\"event\":\"forged\"}",
                    "[1]",
                    "\",\"event\":\"forged",
                    "\u202eevil\u202c \u2066\u200b\u200f\ufeff",
                    "\u001b[2K\u001b[1A\u0000\u007f\u009b",
                    "\ud800 half",
                    "\udb40\udc41 a tag",
                    "{} {}");

    private final Events text = new Events(LogFormat.TEXT);
    private final Events json = new Events(LogFormat.JSON);

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(line, broken);
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Example
    void aLineOfTextIsTheMomentTheLevelTheClassAndTheFields() {
        assertThat(
                        text.line(
                                "event=refused reason={} client={} request={}",
                                "closed",
                                "2001:db8::1",
                                "a1-7"))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\S+ INFO  Door"
                                + " event=refused reason=closed client=2001:db8::1 request=a1-7\n");
    }

    @Example
    void aLineOfJsonHasTheFieldsAsMembers() {
        JsonNode line =
                read(
                        json.line(
                                "event=x reason=\"more than {} a minute\" count={} is-old={}",
                                20,
                                7L,
                                true));

        assertThat(names(line))
                .containsExactly(
                        "timestamp", "level", "logger", "event", "reason", "count", "is-old");
        assertThat(line.path("level").textValue()).isEqualTo("INFO");
        assertThat(line.path("logger").textValue()).isEqualTo("Door");
        assertThat(line.path("reason").textValue()).isEqualTo("more than 20 a minute");
        assertThat(line.path("count").isNumber()).isTrue();
        assertThat(line.path("is-old").isBoolean()).isTrue();
    }

    @Example
    void whatIsJsonAlreadyStaysSo() {
        ObjectNode detail = JSON.createObjectNode().put("name", "\u202e\n x=1");

        assertThat(text.line("event=audit detail={}", detail))
                .endsWith(" event=audit detail={\"name\":\"\\u202e\\n x=1\"}\n");
        assertThat(read(json.line("event=audit detail={}", detail)).path("detail"))
                .isEqualTo(detail);
    }

    @Example
    void nothingBreaksOutOfAValue() {
        POISON.forEach(this::holds);
    }

    @Property(tries = 300)
    void noTextBreaksOutOfAValue(@ForAll @StringLength(max = 40) String value) {
        holds(value);
    }

    private void holds(String value) {
        String pattern = "event=tried bare={} quoted=\"{}\" mixed=\"a {} b\" end={}";
        Map<String, String> expected =
                Map.of(
                        "event",
                        "tried",
                        "bare",
                        value,
                        "quoted",
                        value,
                        "mixed",
                        "a " + value + " b",
                        "end",
                        "9");

        String asText = text.line(pattern, value, value, value, 9);
        String asJson = json.line(pattern, value, value, value, 9);

        assertThat(asText).endsWith("\n");
        String withoutEnd = asText.substring(0, asText.length() - 1);
        assertThat(withoutEnd.codePoints()).noneMatch(LineEncoderTest::isHidden);
        assertThat(ReadText.fields(withoutEnd)).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(asJson).endsWith("}\n");
        assertThat(asJson.substring(0, asJson.length() - 1).chars())
                .allMatch(c -> c >= ' ' && c < 0x7f);
        JsonNode line = read(asJson);
        assertThat(names(line))
                .containsExactly(
                        "timestamp", "level", "logger", "event", "bare", "quoted", "mixed", "end");
        expected.forEach((name, is) -> assertThat(line.path(name).asText()).as(name).isEqualTo(is));
    }

    private static boolean isHidden(int point) {
        return Character.isISOControl(point)
                || List.of(
                                Character.FORMAT,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR,
                                Character.SURROGATE)
                        .contains((byte) Character.getType(point));
    }

    @Example
    void noLineBeginsWithWhatAnExceptionRepeats() {
        IllegalStateException problem = new IllegalStateException("bad:\n" + FORGED + "\r\u2028x");

        List<String> lines = text.line("dev.vestibule.A", problem, "event=bug").lines().toList();

        assertThat(lines.getFirst()).endsWith(" ERROR A event=bug");
        assertThat(lines).hasSizeGreaterThan(4);
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
        assertThat(read(json.line("dev.vestibule.A", problem, "event=bug")).path("error").asText())
                .startsWith("java.lang.IllegalStateException: bad:\n2026-");
    }

    @Example
    void whatALibrarySaysIsASentence() {
        assertThat(text.line("org.library.Pool", null, "event=x a={}\n" + FORGED, "\u202eb"))
                .endsWith(" INFO  Pool event=x a=\\u202eb\n    " + FORGED + "\n");
        assertThat(names(read(json.line("org.library.Pool", null, "event=x a={}", "b"))))
                .containsExactly("timestamp", "level", "logger", "message");
    }

    @Example
    void everyLineSaysOfWhichRequestItIsOnce() {
        RequestScope.run(
                "a1-7",
                () -> {
                    assertThat(text.line("event=x")).endsWith(" event=x request=a1-7\n");
                    assertThat(text.line("event=x request={}", "a1-8"))
                            .endsWith(" event=x request=a1-8\n");
                    assertThat(text.line("org.library.Pool", null, "waits"))
                            .endsWith(" Pool waits request=a1-7\n");
                    assertThat(names(read(json.line("event=x a={}", 1))))
                            .containsExactly(
                                    "timestamp", "level", "logger", "event", "request", "a");
                    assertThat(read(json.line("event=x request={}", "a1-8")).path("request"))
                            .hasToString("\"a1-8\"");
                });
        assertThat(text.line("event=x")).endsWith(" event=x\n");
    }

    @Example
    void whatIsNoPatternOfFieldsIsSaidAsItIs() {
        assertThat(text.line("event=x a={}", 1, 2)).endsWith(" event=x a=1\n");
        assertThat(names(read(json.line("event=x a={} {}", 1)))).contains("message");
        assertThat(read(json.line("a sentence")).path("message").asText()).contains("a sentence");
    }
}
