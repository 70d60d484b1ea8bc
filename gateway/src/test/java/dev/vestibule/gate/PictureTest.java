package dev.vestibule.gate;

import static dev.vestibule.gate.Passing.CAMERA;
import static dev.vestibule.gate.Passing.passes;
import static dev.vestibule.gate.Passing.refuses;
import static dev.vestibule.gate.Passing.session;

import dev.vestibule.TestFacts;
import dev.vestibule.config.RoutesConfig;
import dev.vestibule.gate.TestGate.Setting;
import dev.vestibule.policy.BrowserId;
import dev.vestibule.policy.CapabilityTokens.Kind;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/// Who opens pictures: people who are known, and tokens that were learned, for their own alone.
class PictureTest {

    @Test
    void aPictureOpensForWhoIsKnown() throws IOException {
        try (TestGate gate = new TestGate()) {
            BrowserId browser = gate.browsers.create();
            gate.browsers.bind(browser, gate.grant.grant());

            refuses(gate, TestGate.anonymous("GET", CAMERA), 401);
            refuses(gate, TestGate.anonymous("GET", CAMERA + "?token=guess"), 401);
            passes(gate, TestGate.anonymous("GET", CAMERA, session(gate)));
            passes(gate, TestGate.anonymous("GET", CAMERA, cookie(browser)));
            passes(gate, gate.request("GET", CAMERA));
        }
    }

    private static String cookie(BrowserId browser) {
        return "Cookie: __Host-vestibule-browser=" + browser.value();
    }

    @Test
    void aBrowserIdEndsWithItsGrant() throws IOException {
        try (TestGate gate = new TestGate()) {
            BrowserId browser = gate.browsers.create();
            gate.browsers.bind(browser, gate.grant.grant());
            gate.facts.sessionLifecycle.endGrant(gate.grant.grant().id(), TestFacts.cause());

            refuses(gate, TestGate.anonymous("GET", CAMERA, cookie(browser)), 401);
        }
    }

    @Test
    void aLearnedTokenOpensItsOwnPictureOnly() throws IOException {
        Setting setting = new Setting();
        setting.capabilities =
                (home, kind, id, token) ->
                        kind == Kind.ENTITY_PICTURE
                                && id.equals("camera.door")
                                && token.equals("learned");
        try (TestGate gate = new TestGate(setting)) {
            refuses(gate, TestGate.anonymous("GET", CAMERA + "x?token=learned"), 401);
            refuses(gate, TestGate.anonymous("GET", CAMERA + "?token=learned&token=learned"), 400);
            passes(gate, TestGate.anonymous("GET", CAMERA + "?token=learned"));
        }
    }

    @Test
    void aLearnedTokenOpensNothingWhereTheOperatorTurnedItOff() throws IOException {
        Setting setting = new Setting();
        setting.capabilities = (home, kind, id, token) -> true;
        setting.routes =
                new RoutesConfig(
                        RoutesConfig.Shell.CACHED,
                        RoutesConfig.PublicFiles.SESSION,
                        RoutesConfig.Capability.OFF);
        try (TestGate gate = new TestGate(setting)) {
            refuses(gate, TestGate.anonymous("GET", CAMERA + "?token=learned"), 401);
        }
    }
}
