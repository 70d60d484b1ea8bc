package dev.vestibule.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;

import dev.vestibule.socket.ClientCommands.CarriedOutHere;
import dev.vestibule.socket.ClientCommands.Handled;
import dev.vestibule.socket.OwnTokenCommands.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

class ClientCommandsTest {

    private final ClientCommands commands = new ClientCommands();

    @Test
    void passesOnWhatItDoesNotKnowByteForByte() {
        String message =
                "{ \"id\": 7,\"type\":\"call_service\", \"x\":{\"type\":\"webhook/list\"}}";

        assertThat(forwarded(handle(message, SocketRights.OTHER))).isEqualTo(message);
    }

    @Test
    void refusesTheListOfWebhooksToWhoeverIsNoAdministrator() {
        String message = "{\"id\":3,\"type\":\"webhook/list\"}";

        Handled refused = handle(message, SocketRights.OTHER);

        assertThat(refused.toHomeAssistant()).isEmpty();
        assertThat(text(refused.toClient().getFirst()))
                .contains("\"id\":3", "\"success\":false", "\"unauthorized\"");
        assertThat(forwarded(handle(message, SocketRights.ADMINISTRATOR))).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth/long_lived_access_token",
                "auth/refresh_token_set_expiry",
                "webhook/list"
            })
    void anEmergencyTakesNothingAwayThatWorksAfterwards(String type) {
        Handled refused = handle("{\"id\":3,\"type\":\"" + type + "\"}", SocketRights.EMERGENCY);

        assertThat(refused.toHomeAssistant()).isEmpty();
        assertThat(refused.here()).isEmpty();
        assertThat(text(refused.toClient().getFirst())).contains("\"unauthorized\"");
    }

    @Test
    void anEmergencyMayChangeWhateverIsToBeChanged() {
        String message = "{\"id\":3,\"type\":\"config/auth/list\"}";

        assertThat(forwarded(handle(message, SocketRights.EMERGENCY))).isEqualTo(message);
    }

    @Test
    void refusesItInsideAnArrayTooAndPassesTheRest() {
        Handled handled =
                handle(
                        "[{\"id\":1,\"type\":\"ping\"},{\"id\":2,\"type\":\"webhook\\u002flist\"}]",
                        SocketRights.OTHER);

        assertThat(forwarded(handled)).isEqualTo("[{\"id\":1,\"type\":\"ping\"}]");
        assertThat(handled.toClient()).hasSize(1);
        assertThat(text(handled.toClient().getFirst())).contains("\"id\":2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"86401", "1e9", "99999999999999", "\"86400\"", "null", "86400.5"})
    void capsTheLifeOfASignedPath(String expires) {
        String message =
                "{\"id\":1,\"type\":\"auth/sign_path\",\"path\":\"/x\",\"expires\":"
                        + expires
                        + "}";

        assertThat(forwarded(handle(message, SocketRights.OTHER))).contains("\"expires\":86400}");
    }

    @Test
    void leavesAShortLifeAlone() {
        assertThat(
                        forwarded(
                                handle(
                                        "{\"id\":1,\"type\":\"auth/sign_path\",\"expires\":30}",
                                        SocketRights.OTHER)))
                .contains("\"expires\":30");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "no json",
                "{\"id\":1,\"type\":\"ping\",\"type\":\"webhook/list\"}",
                "{\"id\":1,\"type\":\"ping\"}{\"id\":2,\"type\":\"webhook/list\"}",
                "{\"type\":\"ping\",\"x\":NaN}",
            })
    void refusesWhatCanBeReadInTwoWays(String message) {
        assertThatThrownBy(() -> handle(message, SocketRights.OTHER))
                .isInstanceOf(FrameViolation.class);
    }

    @Test
    void findsTheTokenOfTheFirstMessageOnly() {
        assertThat(ClientCommands.tokenOf(bytes("{\"type\":\"auth\",\"access_token\":\"abc\"}")))
                .hasValue("abc");
        assertThat(ClientCommands.tokenOf(bytes("{\"type\":\"ping\",\"access_token\":\"abc\"}")))
                .isEmpty();
        assertThat(ClientCommands.tokenOf(bytes("{\"type\":\"auth\",\"access_token\":7}")))
                .isEmpty();
        assertThat(ClientCommands.tokenOf(bytes("nothing"))).isEmpty();
    }

    @Test
    void passesOnAnArrayOfOthersAsTheVeryBytesThatCame() {
        byte[] message = bytes("[[],[ ], {\"id\":1 ,\"type\":\"ping\"},7,\"a,]\"]");

        assertThat(commands.handle(message, SocketRights.OTHER).toHomeAssistant())
                .hasValueSatisfying(sent -> assertThat(sent).isSameAs(message));
    }

    @Test
    void buildsNothingOfALongMessageThatIsNotHandled() {
        String nothing = "[],".repeat(1_300_000);
        byte[] message = bytes("[" + nothing + "[]]");

        assertThat(commands.handle(message, SocketRights.OTHER).toHomeAssistant())
                .hasValueSatisfying(sent -> assertThat(sent).isSameAs(message));
        assertThatThrownBy(
                        () ->
                                handle(
                                        "{\"id\":1,\"type\":\"auth/sign_path\",\"x\":["
                                                + nothing
                                                + "[]]}",
                                        SocketRights.OTHER))
                .isInstanceOf(FrameViolation.class);
    }

    @Test
    void changesOneCommandOfAnArrayAndLeavesTheOthersByteForByte() {
        Handled handled =
                handle(
                        " [ {\"id\":1, \"x\":1.50, \"y\":\"],[\"},\t"
                                + "{\"id\":2,\"type\":\"auth/sign_path\",\"expires\":999999} ,"
                                + "{\"id\":3,\"type\":\"webhook/list\"},{\"id\":4 }\n] ",
                        SocketRights.OTHER);

        assertThat(forwarded(handled))
                .isEqualTo(
                        "[{\"id\":1, \"x\":1.50, \"y\":\"],[\"},"
                                + "{\"id\":2,\"type\":\"auth/sign_path\",\"expires\":86400},"
                                + "{\"id\":4 }]");
    }

    @Test
    void sendsNothingOnWhereAllOfAnArrayIsRefused() {
        Handled handled = handle("[{\"id\":1,\"type\":\"webhook/list\"}]", SocketRights.OTHER);

        assertThat(handled.toHomeAssistant()).isEmpty();
        assertThat(handled.toClient()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[],{\"a\":\"long\"}]", "\"long\"", "1.5", "null", "1e400"})
    void repeatsAnIdThatIsANumberAndNothingElse(String id) {
        Handled refused =
                handle("{\"id\":" + id + ",\"type\":\"webhook/list\"}", SocketRights.OTHER);

        assertThat(text(refused.toClient().getFirst())).contains("\"id\":0,");
    }

    /// Attack: what one reader takes for UTF-16 is nonsense or something else to another.
    @Test
    void readsNothingButUtf8() {
        String message = "{\"id\":1,\"type\":\"webhook/list\"}";

        for (byte[] encoded :
                List.of(
                        message.getBytes(StandardCharsets.UTF_16LE),
                        message.getBytes(StandardCharsets.UTF_16BE),
                        message.getBytes(StandardCharsets.UTF_16),
                        message.getBytes(Charset.forName("UTF-32LE")),
                        message.getBytes(Charset.forName("UTF-32BE")),
                        bytes("\uFEFF" + message))) {
            assertThatThrownBy(() -> commands.handle(encoded, SocketRights.ADMINISTRATOR))
                    .isInstanceOf(FrameViolation.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"id\":1,\"type\":\"ping\",\"t\\u0079pe\":\"webhook/list\"}]",
                "{\"type\":\"webhook/list\",\"id\":1,\"type\":\"ping\"}",
                "{\"type\":7,\"id\":1,\"type\":\"webhook/list\"}",
                "{\"type\":\"auth/sign_path\",\"expires\":1,\"expires\":99999999}",
                "7",
                "[",
                "[{\"type\":\"ping\"}"
            })
    void refusesACommandThatCouldBeAnother(String message) {
        assertThatThrownBy(() -> handle(message, SocketRights.OTHER))
                .isInstanceOf(FrameViolation.class);
    }

    @Test
    void refusesNestingBeyondReason() {
        assertThatThrownBy(
                        () ->
                                handle(
                                        "{\"id\":1,\"x\":"
                                                + "[".repeat(5_000)
                                                + "]".repeat(5_000)
                                                + "}",
                                        SocketRights.OTHER))
                .isInstanceOf(FrameViolation.class);
    }

    @Test
    void refusesAMessageOfVeryManyHandledCommands() {
        String one = "{\"id\":1,\"type\":\"webhook/list\"},";

        assertThatThrownBy(() -> handle("[" + one.repeat(101) + "{\"id\":2}]", SocketRights.OTHER))
                .isInstanceOf(FrameViolation.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth/long_lived_access_token",
                "auth/delete_refresh_token",
                "auth/delete_all_refresh_tokens"
            })
    void carriesOutHereWhatPeopleDoWithTheirOwnTokens(String type) {
        Handled handled =
                handle(
                        "{\"id\":7,\"type\":\"" + type + "\",\"client_name\":\"gps\",\"x\":[1]}",
                        SocketRights.OTHER);

        assertThat(handled.toHomeAssistant()).isEmpty();
        assertThat(handled.toClient()).isEmpty();
        CarriedOutHere command = handled.here().getFirst();
        assertThat(command.kind().type()).isEqualTo(type);
        assertThat(command.members()).containsOnlyKeys("client_name", "x");
        assertThat(text(command.answer(new Answer.Result(TextNode.valueOf("it")))))
                .isEqualTo("{\"id\":7,\"type\":\"result\",\"success\":true,\"result\":\"it\"}");
        assertThat(text(command.answer(new Answer.Failure("no", "No."))))
                .isEqualTo(
                        "{\"id\":7,\"type\":\"result\",\"success\":false,"
                                + "\"error\":{\"code\":\"no\",\"message\":\"No.\"}}");
    }

    /// Attacks: other spellings of the same text, and a place among others.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"auth\\/long_lived_access_token\",\"id\":1}",
                "{\"t\\u0079pe\":\"auth/long_lived_access\\u005Ftoken\",\"id\":1}",
                "[{\"id\":1,\"type\":\"auth/long_lived_access_token\"}]",
                " [ [ ] , {\"id\" : 1 , \"type\" : \"auth/long_lived_access_token\" } , 7 ]",
            })
    void findsThemInEverySpelling(String message) {
        Handled handled = handle(message, SocketRights.OTHER);

        assertThat(handled.here()).hasSize(1);
        assertThat(handled.toHomeAssistant().map(ClientCommandsTest::text).orElse(""))
                .doesNotContain("long_lived");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.0", "\"1\"", "null", "true", "99999999999", "[1]"})
    void saysLikeHomeAssistantThatAnIdIsNone(String id) {
        Handled handled =
                handle(
                        "{\"id\":" + id + ",\"type\":\"auth/long_lived_access_token\"}",
                        SocketRights.ADMINISTRATOR);

        assertThat(handled.here()).isEmpty();
        assertThat(handled.toHomeAssistant()).isEmpty();
        assertThat(text(handled.toClient().getFirst())).contains("\"invalid_format\"");
    }

    @Test
    void refusesATokenThatHasTwoNames() {
        assertThatThrownBy(
                        () ->
                                handle(
                                        "{\"id\":1,\"type\":\"auth/long_lived_access_token\","
                                                + "\"lifespan\":1,\"client_name\":\"a\","
                                                + "\"client_name\":\"b\"}",
                                        SocketRights.OTHER))
                .isInstanceOf(FrameViolation.class);
    }

    private Handled handle(String message, SocketRights rights) {
        return commands.handle(bytes(message), rights);
    }

    private static String forwarded(Handled handled) {
        return text(handled.toHomeAssistant().orElseThrow());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
