package dev.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vestibule.testhouse.visitor.VisitorBrowser;
import dev.vestibule.testhouse.visitor.VisitorBrowser.Answer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a wall tablet's browser does with its key, and an administrator with the code that it
/// shows. The browser's cryptography is done here.
record KioskProof(GatewayHouse house) {

    static final String PROVE = "/auth/vestibule/kiosk";
    static final String APPROVE = "/auth/vestibule/kiosk/approve";

    private static final Pattern DATUM = Pattern.compile("data-name=\"([a-z]+)\"[^>]*>([^<]*)<");
    private static final Pattern CODE = Pattern.compile("[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}");

    static KeyPair newKey(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK makes no EC keys", problem);
        }
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String datum(Answer page, String name) {
        Matcher data = DATUM.matcher(page.body());
        while (data.find()) {
            if (data.group(1).equals(name)) {
                return data.group(2);
            }
        }
        throw new AssertionError("no " + name + " in " + page);
    }

    String sign(KeyPair with, String challenge) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(with.getPrivate());
            String text = "vestibule kiosk\n" + challenge + "\n" + house.origin() + "\nhome";
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return base64url(signature.sign());
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("cannot sign", problem);
        }
    }

    /// The page on which the tablet proves that it has its key.
    Answer page(VisitorBrowser browser, String choice) {
        return browser.get(house.at(PROVE + "?choice=" + choice));
    }

    Answer show(VisitorBrowser browser, KeyPair with, String choice) {
        String challenge = datum(page(browser, choice), "challenge");
        return post(browser, challenge, with, sign(with, challenge), choice);
    }

    Answer post(
            VisitorBrowser browser,
            String challenge,
            KeyPair with,
            String signature,
            String choice) {
        browser.carry("Sec-Fetch-Site", "same-origin");
        Answer answer =
                browser.postForm(
                        house.at(PROVE),
                        Map.of(
                                "challenge",
                                challenge,
                                "choice",
                                choice,
                                "key",
                                base64url(with.getPublic().getEncoded()),
                                "signature",
                                signature));
        browser.carry();
        return answer;
    }

    /// The code that a page shows for an administrator.
    static String code(Answer page) {
        Matcher code = CODE.matcher(page.body());
        assertThat(code.find()).as(page.body()).isTrue();
        return code.group();
    }

    Answer approve(VisitorBrowser browser, Map<String, String> fields) {
        browser.carry("Sec-Fetch-Site", "same-origin");
        Answer answer = browser.postForm(house.at(APPROVE), fields);
        browser.carry();
        return answer;
    }
}
