package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class Ed25519Test {

    private static final OctetKeyPair KEY =
            new OctetKeyPair.Builder(
                            Curve.Ed25519,
                            new Base64URL("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
                    .build();
    private static final String SIGNED = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    private static final Base64URL SIGNATURE =
            new Base64URL(
                    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6"
                            + "dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");

    @Test
    @DisplayName("RFC 8037 appendix A.5: the published example verifies")
    void thePublishedExampleVerifies() throws Exception {
        assertThat(Ed25519.verify(KEY, bytes(SIGNED), SIGNATURE.decode())).isTrue();
    }

    @Test
    void anotherTextDoesNotVerify() throws Exception {
        assertThat(Ed25519.verify(KEY, bytes(SIGNED + "x"), SIGNATURE.decode())).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
