package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.vestibule.config.ClientsConfig;
import dev.vestibule.config.ClientsConfig.UnknownClients;
import dev.vestibule.homeassistant.TrustedCertificates;
import dev.vestibule.testhouse.home.HomeCertificate;
import dev.vestibule.testhouse.program.ScriptedProgram;
import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

/// A program whose metadata document the operator listed, before a whole gateway. The gateway
/// trusts the system's authorities, so the program's is among them for the while.
class ListedProgramTest {

    private static final String CALLBACK = "https://app.example.net/callback";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    @TempDir Path directory;

    private SSLContext systems;
    private ScriptedProgram program;
    private TestHouse house;
    private final VisitorBrowser browser = new VisitorBrowser();

    @BeforeEach
    void start() throws NoSuchAlgorithmException {
        HomeCertificate certificate = HomeCertificate.make(directory, "dns:localhost");
        systems = SSLContext.getDefault();
        SSLContext.setDefault(TrustedCertificates.systemAnd(List.of(certificate.file())));
        program = ScriptedProgram.start(certificate);
        program.publish("/client.json", "Kitchen Helper", "\"" + CALLBACK + "\"");
        house =
                new TestHouse(
                        new ClientsConfig(
                                List.of(),
                                List.of(),
                                List.of(program.at("/client.json")),
                                UnknownClients.REFUSE));
        house.provider().signInAutomaticallyAs("ben");
    }

    @AfterEach
    void close() {
        SSLContext.setDefault(systems);
        browser.close();
        house.close();
        program.close();
    }

    private String clientId() {
        return program.at("/client.json").toString();
    }

    private URI request(String redirectUri) {
        return house.at(
                "/auth/authorize?response_type=code&state=x&client_id="
                        + VisitorBrowser.encode(clientId())
                        + "&redirect_uri="
                        + VisitorBrowser.encode(redirectUri)
                        + "&code_challenge_method=S256"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void isNamedAsItNamesItselfAndGetsWhatItAsksForByOneClick() {
        ConsentingPerson ben = new ConsentingPerson(house, browser);
        Answer page = ben.open(request(CALLBACK));
        assertThat(page.body())
                .contains("calls itself “Kitchen Helper”", clientId(), "https://app.example.net")
                .doesNotContain("Nobody who runs this home");

        URI back = ConsentingPerson.leadsTo(ben.press(page, "allow"));

        assertThat(back.toString()).startsWith(CALLBACK + "?code=").contains("&iss=");
        JsonNode tokens = GatewayHouse.json(redeem(back));
        assertThat(house.get(browser, "/api/config", tokens.path("access_token").asText()).status())
                .isEqualTo(200);
        assertThat(
                        house.refresh(browser, tokens.path("refresh_token").asText(), clientId())
                                .status())
                .isEqualTo(200);
        assertThat(house.homeAssistant().record().contains(CALLBACK)).isFalse();
        assertThat(program.visits("/client.json")).isEqualTo(1);
    }

    private Answer redeem(URI back) {
        Matcher code = CODE.matcher(back.toString());
        assertThat(code.find()).as(back.toString()).isTrue();
        return browser.postForm(
                house.at("/auth/token"),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        clientId(),
                        "redirect_uri",
                        CALLBACK,
                        "code_verifier",
                        VERIFIER,
                        "code",
                        code.group(1)));
    }

    @Test
    void leadsNowhereElse() {
        assertThat(browser.get(request("https://evil.example/callback")).status()).isEqualTo(400);
    }

    @Test
    void whileItCannotBeAskedNobodyIsAskedAboutIt() {
        program.close();

        Answer away = browser.get(request(CALLBACK));

        assertThat(away.status()).isEqualTo(503);
        assertThat(away.body()).contains("This program cannot be checked right now");
        assertThat(house.isAuditedFor("no-client-document")).isTrue();
    }
}
