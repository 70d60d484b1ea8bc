package dev.vestibule.homeassistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class SocketMessageTest {

    private static final String EVENT =
            "{\"type\":\"event\",\"event\":{\"id\":7,\"type\":\"x\"},\"id\":42,\"n\":\"é€\"}";

    @Test
    void findsTheIdBehindThePayloadAndNotInIt() throws IOException {
        SocketMessage message = new SocketMessage();
        message.append(EVENT);

        assertThat(message.envelope()).isEqualTo(new SocketMessage.Envelope(42, "event"));
    }

    @Property
    void readsTheSameHoweverItCameInPieces(
            @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> lengths) throws IOException {
        SocketMessage message = new SocketMessage();
        String rest = EVENT;
        for (int length : lengths) {
            int cut = Math.min(length, rest.length());
            message.append(rest.substring(0, cut));
            rest = rest.substring(cut);
        }
        message.append(rest);

        assertThat(message.length()).isEqualTo(EVENT.length());
        assertThat(message.tree()).isEqualTo(Json.MAPPER.readTree(EVENT));
    }

    @Test
    void refusesWhatIsNoObject() {
        SocketMessage message = new SocketMessage();
        message.append("[1]");

        assertThatThrownBy(message::envelope).isInstanceOf(IOException.class);
    }
}
