package dev.vestibule.testhouse.openid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A provider with one client and one person, and a browser in front of it.
final class House implements AutoCloseable {

    static final URI CALLBACK = URI.create("http://127.0.0.1:9/callback");
    static final String VERIFIER = "a-code-verifier-of-more-than-forty-three-characters";
    static final String CHALLENGE = "lLw-WLjF1VMtgqLoH1Fj9Tw4PGyBaV2akAOzoO9mnJQ";
    static final String CLIENT_ID = "gate";
    static final String SECRET = "s:e%c+r&t ü";
    static final String NONCE = "the-nonce";
    static final String STATE = "the-state";

    final ScriptedOpenIdProvider provider;
    final Browser browser = new Browser();

    House() {
        this(ProviderOptions.defaults());
    }

    House(ProviderOptions options) {
        provider = ScriptedOpenIdProvider.start(options);
        provider.register(RegisteredClient.secretBasic(CLIENT_ID, SECRET, CALLBACK));
        provider.addPerson(Person.of("ada", "Ada Lovelace").withGroups("family", "admins"));
        provider.signInAutomaticallyAs("ada");
    }

    static Map<String, String> authorization(String... changes) {
        var parameters = new HashMap<String, String>();
        parameters.put("client_id", CLIENT_ID);
        parameters.put("redirect_uri", CALLBACK.toString());
        parameters.put("response_type", "code");
        parameters.put("scope", "openid profile email groups offline_access");
        parameters.put("state", STATE);
        parameters.put("nonce", NONCE);
        parameters.put("code_challenge", CHALLENGE);
        parameters.put("code_challenge_method", "S256");
        return changed(parameters, changes);
    }

    static Map<String, String> redemption(String code, String... changes) {
        var parameters = new HashMap<String, String>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("code", code);
        parameters.put("redirect_uri", CALLBACK.toString());
        parameters.put("code_verifier", VERIFIER);
        return changed(parameters, changes);
    }

    /// Names and values in turn; an empty value takes the parameter out.
    private static Map<String, String> changed(Map<String, String> parameters, String... changes) {
        for (int i = 0; i < changes.length; i += 2) {
            parameters.put(changes[i], changes[i + 1]);
        }
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    HttpResponse<String> authorize(Map<String, String> parameters) throws IOException {
        return browser.get(
                URI.create(
                        provider.uri(Endpoint.AUTHORIZE)
                                + "?"
                                + Parameters.write(List.copyOf(parameters.entrySet()))));
    }

    /// The parameters with which the browser comes back to the client.
    Map<String, List<String>> callback(String... changes) throws IOException {
        return parametersOf(location(authorize(authorization(changes))));
    }

    String code(String... changes) throws IOException {
        return first(callback(changes), "code");
    }

    /// The first value of a parameter, or a text that says what is there instead.
    static String first(Map<String, List<String>> parameters, String name) {
        return parameters
                .getOrDefault(name, List.of("no " + name + " in " + parameters))
                .getFirst();
    }

    HttpResponse<String> token(Map<String, String> form) throws IOException {
        return browser.post(
                provider.uri(Endpoint.TOKEN), form, "Authorization", basic(CLIENT_ID, SECRET));
    }

    /// The whole sign-in, up to the tokens.
    ObjectNode signIn(String... changes) throws IOException {
        return Json.parseObject(token(redemption(code(changes))).body());
    }

    HttpResponse<String> refresh(String refreshToken) throws IOException {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    HttpResponse<String> userInfo(String accessToken) throws IOException {
        return browser.get(
                provider.uri(Endpoint.USER_INFO), "Authorization", "Bearer " + accessToken);
    }

    JWKSet keySet() throws IOException, ParseException {
        return JWKSet.parse(browser.get(provider.uri(Endpoint.JWKS)).body());
    }

    /// Judges an ID token as a careful relying party does, with a library that is not ours.
    IDTokenClaimsSet validate(String idToken, JWSAlgorithm algorithm)
            throws IOException, ParseException, BadJOSEException, JOSEException {
        var validator =
                new IDTokenValidator(
                        new Issuer(provider.issuer()),
                        new ClientID(CLIENT_ID),
                        algorithm,
                        keySet());
        return validator.validate(SignedJWT.parse(idToken), new Nonce(NONCE));
    }

    static String basic(String id, String secret) {
        String pair = Parameters.encode(id) + ":" + Parameters.encode(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .orElseGet(() -> "no redirect: " + response.statusCode() + " " + response.body());
    }

    static Map<String, List<String>> parametersOf(String uri) {
        return Parameters.parse(uri.substring(uri.indexOf('?') + 1));
    }

    /// A part of a JWS as JSON: 0 is the header, 1 the claims.
    static String part(String jws, int index) {
        String encoded = Parameters.parts(jws, '.').get(index);
        return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    static ObjectNode header(String jws) {
        return Json.parseObject(part(jws, 0));
    }

    static ObjectNode claims(String jws) {
        return Json.parseObject(part(jws, 1));
    }

    @Override
    public void close() {
        browser.close();
        provider.close();
    }
}
