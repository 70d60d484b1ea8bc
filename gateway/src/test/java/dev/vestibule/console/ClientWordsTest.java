package dev.vestibule.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.admission.ClientKind;
import dev.vestibule.client.ClientStanding;
import dev.vestibule.client.ClientStanding.Reason;
import dev.vestibule.client.ClientStanding.Received;
import dev.vestibule.client.ClientStanding.Refused;
import dev.vestibule.http.Text;

import org.junit.jupiter.api.Test;

class ClientWordsTest {

    private static Text name(ClientStanding standing, String clientId) {
        return ClientWords.name(standing, clientId);
    }

    @Test
    void whoeverEverybodyKnowsHasTheirName() {
        assertThat(
                        name(
                                new Received(ClientKind.VOICE, "Google Assistant"),
                                "https://oauth-redirect.googleusercontent.com/r/my-home"))
                .isEqualTo(Text.verbatim("Google Assistant"));
    }

    @Test
    void everybodyElseIsCalledByTheirHostWhateverTheyCallThemselves() {
        assertThat(
                        name(
                                new Received(ClientKind.DOCUMENT, ""),
                                "https://app.example.net/client.json"))
                .isEqualTo(Text.verbatim("app.example.net"));
        assertThat(name(new Received(ClientKind.OTHER, ""), "http://localhost:9000/"))
                .isEqualTo(Text.verbatim("localhost:9000"));
        assertThat(name(new Refused(Reason.NOT_LISTED), "https://app.example.net/"))
                .isEqualTo(Text.verbatim("app.example.net"));
    }

    @Test
    void whatIsNoAddressIsShownAsItIs() {
        assertThat(name(new Refused(Reason.NO_ADDRESS), "an old client"))
                .isEqualTo(Text.verbatim("an old client"));
    }
}
