package dev.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Page.Part;
import dev.vestibule.network.ClientAddress;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class PagesTest {

    private static final String NASTY = "<script>alert(1)</script>\"'&";

    @Test
    void escapesWhateverAStrangerChose() {
        Page page =
                new Page(
                        NASTY,
                        List.of(
                                new Part.Paragraph(NASTY),
                                new Part.Alert(NASTY),
                                new Part.Fact(NASTY, NASTY),
                                new Part.Button(NASTY, "/\"onclick=\"x"),
                                new Part.Choices(List.of(new Part.Button(NASTY, "/"))),
                                new Part.Form(
                                        "/x",
                                        List.of(new Part.Hidden("id", NASTY)),
                                        new Part.CodeField("code", NASTY),
                                        NASTY)),
                        NASTY);

        assertThat(Pages.render(page))
                .doesNotContain("<script")
                .doesNotContain("onclick=\"x")
                .contains("&lt;script&gt;");
    }

    @Test
    void showsEveryAnswerOfAChoiceAsAButtonThatPosts() {
        Page page =
                Page.of(
                        "Which?",
                        new Part.Form(
                                "/auth/vestibule/mfa",
                                List.of(),
                                new Part.ChoiceField(
                                        "module", List.of(new Part.Option("totp", "App"))),
                                ""));

        assertThat(Pages.render(page))
                .containsPattern(
                        "<button type=\"submit\" name=\"module\" value=\"totp\">App</button>");
    }

    @Test
    void isFramedByNobodyAndRunsNoForeignScript() {
        Response response = Pages.answer(200, Page.of("Hello"));

        assertThat(header(response, "content-security-policy"))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .contains("form-action 'self';");
        assertThat(header(response, "referrer-policy")).isEqualTo("same-origin");
    }

    @Test
    void namesTheOriginsThatAFormMayLeadTo() {
        List<Origin> targets = List.of(Origin.parse("http://home.lan:8124").orElseThrow());

        assertThat(header(Pages.answer(200, Page.of("Hello"), targets), "content-security-policy"))
                .contains("form-action 'self' http://home.lan:8124;");
    }

    @Test
    void servesTheStylesheetThatItNames() {
        Matcher link =
                Pattern.compile("href=\"(/auth/vestibule/assets/[^\"]+\\.css[^\"]*)\"")
                        .matcher(Pages.render(Page.of("Hello")));
        assertThat(link.find()).isTrue();

        Response asset = new Assets().handle(get(link.group(1)));

        assertThat(asset.status()).isEqualTo(200);
        assertThat(header(asset, "content-type")).startsWith("text/css");
        assertThat(new String(asset.body(), StandardCharsets.UTF_8))
                .contains("prefers-color-scheme");
    }

    @Test
    void hasNoOtherFiles() {
        assertThat(new Assets().handle(get("/auth/vestibule/assets/messages.properties")).status())
                .isEqualTo(404);
    }

    private static Request get(String target) {
        return new Request(
                "r1",
                new HomeId("home"),
                Origin.parse("https://home.example.org").orElseThrow(),
                "GET",
                RequestTarget.parse(target),
                Headers.NONE,
                new ClientAddress.Known(InetAddress.getLoopbackAddress()),
                new byte[0]);
    }

    private static String header(Response response, String name) {
        return new Headers(response.headers()).single(name).orElse("");
    }
}
