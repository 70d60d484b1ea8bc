package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

class SignedTokenTest {

    private static final Set<SignatureAlgorithm> ALLOWED = Set.of(SignatureAlgorithm.RS256);

    private static SignedToken parse(String header, TokenKind kind) throws TokenRefused {
        return SignedToken.parse(token(header, "{\"sub\":\"1\"}"), kind, ALLOWED);
    }

    private static String token(String header, String payload) {
        return encoded(header) + "." + encoded(payload) + ".AAAA";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("white space in the header, as Keycloak writes it, is read")
    void whiteSpaceInTheHeaderIsRead() throws Exception {
        SignedToken token = parse("{ \"alg\" : \"RS256\",\n \"kid\" : \"k\" }", TokenKind.ID_TOKEN);

        assertThat(token.keyId()).isEqualTo("k");
        assertThat(token.toString()).isEqualTo("SignedToken[RS256]");
    }

    @ParameterizedTest
    @CsvSource({
        "JWT, ID_TOKEN",
        "jwt, ID_TOKEN",
        "application/jwt, ID_TOKEN",
        "logout+jwt, LOGOUT_TOKEN",
        "application/logout+jwt, LOGOUT_TOKEN"
    })
    void aTypeOfItsKindIsRead(String typ, TokenKind kind) throws Exception {
        assertThat(parse("{\"alg\":\"RS256\",\"typ\":\"" + typ + "\"}", kind).algorithm())
                .isEqualTo(SignatureAlgorithm.RS256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\",\"typ\":\"logout+jwt\"}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"RS256\",\"typ\":1}",
                "{\"alg\":\"RS256\",\"typ\":null}",
                "{\"alg\":\"RS256\",\"kid\":7}",
                "{\"alg\":\"RS256\",\"kid\":\"\"}",
                "{\"alg\":\"RS256\",\"crit\":[]}",
                "{\"alg\":\"RS256\",\"zip\":\"DEF\"}",
                "{\"alg\":\"RS256\",\"enc\":\"A256GCM\"}",
                "{\"alg\":\"RS256\",\"alg\":\"RS256\"}",
                "{\"alg\":[\"RS256\"]}",
                "{\"alg\":\"ES256\"}",
                "{}",
                "[]",
                "{\"alg\":\"RS256\"} trailing"
            })
    @DisplayName("D7, D9, D10: a header that is anything but plain is refused")
    void aHeaderThatIsNotPlainIsRefused(String header) {
        assertThatThrownBy(() -> parse(header, TokenKind.ID_TOKEN))
                .isInstanceOf(TokenRefused.class);
    }

    @Test
    @DisplayName("D9: a key name beyond the limit is refused")
    void aKeyNameBeyondTheLimitIsRefused() throws Exception {
        String fits = "{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(256) + "\"}";
        String tooLong = "{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(257) + "\"}";

        assertThat(parse(fits, TokenKind.ID_TOKEN).keyId()).hasSize(256);
        assertThatThrownBy(() -> parse(tooLong, TokenKind.ID_TOKEN))
                .isInstanceOf(TokenRefused.class);
    }

    @Test
    void aTokenBeyondTheLimitIsRefused() {
        assertThatThrownBy(
                        () ->
                                SignedToken.parse(
                                        token("{\"alg\":\"RS256\"}", " ".repeat(50_000) + "{}"),
                                        TokenKind.ID_TOKEN,
                                        ALLOWED))
                .isInstanceOf(TokenRefused.class)
                .hasMessageContaining("longer than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":{\"b\":1,\"b\":2}}", "{\"a\":NaN}", "null", "\"text\"", "{\"a\":1"})
    @DisplayName("D12: claims that can be read in two ways, or in none, are refused")
    void claimsThatAreNotPlainAreRefused(String payload) {
        String token = token("{\"alg\":\"RS256\"}", payload);

        assertThatThrownBy(() -> SignedToken.parse(token, TokenKind.ID_TOKEN, ALLOWED))
                .isInstanceOf(TokenRefused.class);
    }

    @Test
    void claimsTooDeepAreRefused() {
        String token = token("{\"alg\":\"RS256\"}", "{\"a\":".repeat(40) + "1" + "}".repeat(40));

        assertThatThrownBy(() -> SignedToken.parse(token, TokenKind.ID_TOKEN, ALLOWED))
                .isInstanceOf(TokenRefused.class);
    }
}
