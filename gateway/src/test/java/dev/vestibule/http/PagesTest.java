package dev.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.config.HomeId;
import dev.vestibule.config.Origin;
import dev.vestibule.http.Page.Part;
import dev.vestibule.network.ClientAddress;
import dev.vestibule.network.ClientCertificate;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class PagesTest {

    private static final String STRANGE = "<script>alert(1)</script>\"'&";
    private static final Text NASTY = Text.verbatim(STRANGE);
    private static final Text HELLO = Text.verbatim("Hello");

    @Test
    void escapesWhateverAStrangerChose() {
        Page page =
                new Page(
                        NASTY,
                        List.of(
                                new Part.Paragraph(NASTY),
                                new Part.Quiet(NASTY),
                                new Part.Alert(NASTY),
                                new Part.Heading(NASTY),
                                new Part.Fact(NASTY, NASTY),
                                new Part.Code(NASTY, STRANGE),
                                new Part.Picture("data:\"onclick=\"x", NASTY),
                                new Part.Button(NASTY, "/\"onclick=\"x"),
                                new Part.LesserButton(NASTY, "/\"onclick=\"x"),
                                new Part.Choices(List.of(new Part.Button(NASTY, "/"))),
                                new Part.Form(
                                        "/x",
                                        List.of(new Part.Hidden("id", STRANGE)),
                                        List.of(
                                                new Part.CodeField("code", NASTY),
                                                new Part.TextField("name", NASTY, "off"),
                                                new Part.PasswordField("password", NASTY),
                                                new Part.ChoiceField(
                                                        "which",
                                                        List.of(new Part.Option(STRANGE, NASTY)))),
                                        NASTY)),
                        STRANGE);

        assertThat(Pages.render(page, Language.ENGLISH))
                .doesNotContain("<script")
                .doesNotContain("onclick=\"x")
                .contains("&lt;script&gt;");
    }

    @Test
    void showsEveryAnswerOfAChoiceAsAButtonThatPosts() {
        Page page =
                Page.of(
                        Text.verbatim("Which?"),
                        new Part.Form(
                                "/auth/vestibule/mfa",
                                List.of(),
                                new Part.ChoiceField(
                                        "module",
                                        List.of(new Part.Option("totp", Text.verbatim("App")))),
                                Text.nothing()));

        assertThat(Pages.render(page, Language.ENGLISH))
                .containsPattern(
                        "<button type=\"submit\" name=\"module\" value=\"totp\">App</button>");
    }

    @Test
    void isWrittenInTheLanguageOfWhoeverReadsIt() {
        Response page = Pages.answer(200, Page.of(Messages.text("login.forbidden.title")));

        Response german = page.in(Language.GERMAN);

        assertThat(header(german, "content-language")).isEqualTo("de");
        assertThat(text(german))
                .contains("<html lang=\"de\">")
                .contains("<h1>" + Messages.text("login.forbidden.title").in(Language.GERMAN));
        assertThat(text(page)).contains("<html lang=\"en\">");
    }

    private static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void isFramedByNobodyAndRunsNoForeignScript() {
        Response response = Pages.answer(200, Page.of(HELLO));

        assertThat(header(response, "content-security-policy"))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .contains("form-action 'self';");
        assertThat(header(response, "referrer-policy")).isEqualTo("same-origin");
    }

    @Test
    void namesTheOriginsThatAFormMayLeadTo() {
        List<String> targets = List.of("http://home.lan:8124", "homeassistant:");

        assertThat(header(Pages.answer(200, Page.of(HELLO), targets), "content-security-policy"))
                .contains("form-action 'self' http://home.lan:8124 homeassistant:;");
    }

    @Test
    void servesTheStylesheetThatItNames() {
        Matcher link =
                Pattern.compile("href=\"(/auth/vestibule/assets/[^\"]+\\.css[^\"]*)\"")
                        .matcher(Pages.render(Page.of(HELLO), Language.ENGLISH));
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
                ClientCertificate.NONE,
                new byte[0]);
    }

    private static String header(Response response, String name) {
        return new Headers(response.headers()).single(name).orElse("");
    }
}
