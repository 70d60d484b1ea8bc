package dev.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vestibule.http.Headers.Header;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

class FormsTest {

    @Test
    void readsAnUrlencodedForm() {
        assertThat(urlencoded("grant_type=refresh_token&token=a%2Bb+c&empty=").single("token"))
                .hasValue("a+b c");
    }

    @Test
    void readsAMultipartForm() {
        Parameters form =
                multipart(
                        "--b\r\nContent-Disposition: form-data; name=\"client_id\"\r\n\r\n"
                                + "https://home.example/\r\n--b\r\n"
                                + "Content-Disposition: form-data; name=\"code\"\r\n\r\n"
                                + "line\r\nbreak\r\n--b--\r\n");

        assertThat(form.single("client_id")).hasValue("https://home.example/");
        assertThat(form.single("code")).hasValue("line\r\nbreak");
    }

    @Test
    void refusesAParameterThatComesTwice() {
        assertThatThrownBy(() -> urlencoded("code=a&code=b").single("code"))
                .isInstanceOf(BadRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
                "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\"\r\n\r\n\r\n--b--",
                "nothing",
            })
    void refusesAMultipartFormThatIsBroken(String body) {
        assertThatThrownBy(() -> multipart(body)).isInstanceOf(BadRequest.class);
    }

    @Test
    void refusesMoreFieldsThanAnyFormHas() {
        assertThatThrownBy(() -> urlencoded("a=1&".repeat(201))).isInstanceOf(BadRequest.class);
    }

    @Test
    void takesACookieThatComesTwiceForNone() {
        Headers once = new Headers(List.of(new Header("Cookie", "a=1; b=2")));
        Headers twice = new Headers(List.of(new Header("cookie", "a=1; a=2")));

        assertThat(Cookies.find(once, "a")).hasValue("1");
        assertThat(Cookies.find(twice, "a")).isEmpty();
        assertThat(Cookies.find(once, "c")).isEmpty();
    }

    private static Parameters urlencoded(String body) {
        return Forms.read(
                "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Parameters multipart(String body) {
        return Forms.read("multipart/form-data; boundary=b", body.getBytes(StandardCharsets.UTF_8));
    }
}
