package dev.vestibule.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/// Whether the gate lets a request pass, as its tests say it.
final class Passing {

    static final String CAMERA = "/api/camera_proxy/camera.door";

    private Passing() {}

    static RawClient.Answer ask(TestGate gate, String request) throws IOException {
        try (RawClient client = gate.connect()) {
            return client.send(request).read();
        }
    }

    static void refuses(TestGate gate, String request, int status) throws IOException {
        RawClient.Answer answer = ask(gate, request);

        assertThat(answer.status()).as(request).isEqualTo(status);
        assertThat(gate.home.received()).isEmpty();
    }

    static void passes(TestGate gate, String request) throws IOException {
        assertThat(ask(gate, request).body()).as(request).isEqualTo("ok");
    }

    static String session(TestGate gate) {
        return "Cookie: __Host-vestibule=" + gate.session.cookie().reveal();
    }
}
