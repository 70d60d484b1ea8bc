package dev.vestibule.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;

import dev.vestibule.config.ClientAuthentication.JwtAudience;
import dev.vestibule.config.ClientAuthentication.None;
import dev.vestibule.config.ClientAuthentication.PrivateKeyJwt;
import dev.vestibule.config.ClientAuthentication.SecretBasic;
import dev.vestibule.config.ClientAuthentication.SecretPost;
import dev.vestibule.config.ClientAuthentication.SigningAlgorithm;
import dev.vestibule.config.PushedAuthorization;
import dev.vestibule.oidc.SignInResult.Verified;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.openid.Endpoint;
import dev.vestibule.testhouse.openid.ProviderOptions.Feature;
import dev.vestibule.testhouse.openid.RegisteredClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.function.Consumer;

class ClientAuthenticationTest {

    private ProviderHouse house = new ProviderHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private void configure(Consumer<ConfigDraft> changes) {
        house.close();
        house = ProviderHouse.configured(changes);
    }

    @Test
    void aPublicClientSendsNoSecret() {
        configure(config -> config.authentication = new None());
        house.provider.register(
                RegisteredClient.publicClient(ProviderHouse.CLIENT_ID, ProviderHouse.CALLBACK));

        assertThat(house.signIn()).isInstanceOf(Verified.class);
        assertThat(house.provider.requests(Endpoint.TOKEN))
                .allSatisfy(request -> assertThat(request.header("authorization")).isEmpty());
    }

    @Test
    void aSecretMayTravelInTheBody() {
        configure(config -> config.authentication = new SecretPost(new Secret("s&c=r+t")));
        house.provider.register(
                RegisteredClient.secretPost(
                        ProviderHouse.CLIENT_ID, "s&c=r+t", ProviderHouse.CALLBACK));

        assertThat(house.signIn()).isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @EnumSource
    void aSignedStatementIsAccepted(SigningAlgorithm algorithm) throws Exception {
        Keys keys = Keys.fitting(algorithm);
        configure(config -> config.authentication = statement(keys, algorithm, JwtAudience.ISSUER));
        house.provider.register(keys.client());

        assertThat(house.signIn()).isInstanceOf(Verified.class);
        assertThat(house.signIn()).as("each statement is a new one").isInstanceOf(Verified.class);
    }

    @Test
    void aSignedStatementMayBeAddressedToTheTokenEndpoint() throws Exception {
        Keys keys = Keys.fitting(SigningAlgorithm.ES256);
        configure(
                config -> {
                    config.authentication =
                            statement(keys, SigningAlgorithm.ES256, JwtAudience.TOKEN_ENDPOINT);
                    config.pushedAuthorization = PushedAuthorization.WHEN_OFFERED;
                });
        house.provider.register(keys.client());

        assertThat(house.signIn()).isInstanceOf(Verified.class);
        assertThat(house.count(Endpoint.PAR)).isEqualTo(1);
    }

    @Test
    void aWrongSecretIsAMistakeToBeToldAbout() {
        configure(config -> config.authentication = new SecretBasic(new Secret("another")));

        assertThatThrownBy(house::signIn)
                .isInstanceOf(OpenIdProviderMisconfigured.class)
                .hasMessageContaining("invalid_client")
                .hasMessageNotContaining("another");
    }

    @Test
    void aKeyThatDoesNotFitTheAlgorithmIsToldAtTheStart() throws Exception {
        Keys keys = Keys.fitting(SigningAlgorithm.ES256);

        assertThatThrownBy(
                        () ->
                                house.newParty(
                                        config ->
                                                config.authentication =
                                                        statement(
                                                                keys,
                                                                SigningAlgorithm.RS256,
                                                                JwtAudience.ISSUER)))
                .isInstanceOf(OpenIdProviderMisconfigured.class)
                .hasMessageContaining("PKCS#8");
    }

    @Test
    void parametersArePushedWhereTheProviderOffersIt() {
        configure(config -> config.pushedAuthorization = PushedAuthorization.WHEN_OFFERED);

        AuthorizationStart start = house.begin();

        assertThat(ProviderHouse.queryOf(start.location()).all())
                .extracting(parameter -> parameter.name())
                .containsExactlyInAnyOrder("client_id", "request_uri");
        assertThat(house.party.complete(house.walk(start), start.pending()))
                .isInstanceOf(Verified.class);
    }

    @Test
    void aPushThatIsRefusedIsAMistakeToBeToldAbout() {
        configure(
                config -> {
                    config.pushedAuthorization = PushedAuthorization.WHEN_OFFERED;
                    config.authentication = new SecretBasic(new Secret("another"));
                });

        assertThatThrownBy(house::begin)
                .isInstanceOf(OpenIdProviderMisconfigured.class)
                .hasMessageContaining("pushed authorization");
    }

    @Test
    void aProviderWithoutPushingIsSentToDirectly() {
        house.close();
        house =
                new ProviderHouse(
                        options -> options.without(Feature.PAR),
                        config -> config.pushedAuthorization = PushedAuthorization.WHEN_OFFERED);

        assertThat(house.signIn()).isInstanceOf(Verified.class);
        assertThat(house.count(Endpoint.PAR)).isZero();
    }

    private static PrivateKeyJwt statement(
            Keys keys, SigningAlgorithm algorithm, JwtAudience audience) {
        return new PrivateKeyJwt(keys.pem(), "our-key", algorithm, audience);
    }

    /// A key pair, as we have it and as the provider knows it.
    private record Keys(Secret pem, JWK publicKey) {

        static Keys fitting(SigningAlgorithm algorithm) throws Exception {
            return switch (algorithm) {
                case RS256, PS256 -> {
                    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
                    yield new Keys(
                            pem(pair),
                            new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                                    .keyID("our-key")
                                    .build());
                }
                case ES256 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                    generator.initialize(Curve.P_256.toECParameterSpec());
                    KeyPair pair = generator.generateKeyPair();
                    yield new Keys(
                            pem(pair),
                            new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                                    .keyID("our-key")
                                    .build());
                }
            };
        }

        private static Secret pem(KeyPair pair) {
            byte[] newLine = "\n".getBytes(StandardCharsets.US_ASCII);
            return new Secret(
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, newLine)
                                    .encodeToString(pair.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
        }

        RegisteredClient client() {
            return RegisteredClient.privateKeyJwt(
                    ProviderHouse.CLIENT_ID, new JWKSet(publicKey), ProviderHouse.CALLBACK);
        }
    }
}
