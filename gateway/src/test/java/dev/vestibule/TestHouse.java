package dev.vestibule;

import dev.vestibule.config.ClientAuthentication;
import dev.vestibule.config.Defaults;
import dev.vestibule.config.ExistingTokens;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.config.RolesConfig;
import dev.vestibule.secret.Secret;
import dev.vestibule.testhouse.LoopbackPort;
import dev.vestibule.testhouse.openid.Person;
import dev.vestibule.testhouse.openid.ProviderOptions;
import dev.vestibule.testhouse.openid.RegisteredClient;
import dev.vestibule.testhouse.openid.ScriptedOpenIdProvider;
import dev.vestibule.testhouse.visitor.VisitorBrowser;

import java.util.List;
import java.util.Set;

/// A [GatewayHouse] with a scripted OpenID provider that knows Ada the administrator, Ben of the
/// family, and Sam, who has no role here.
public final class TestHouse extends GatewayHouse {

    private static final String CLIENT_SECRET = "client secret";
    private static final RolesConfig ROLES =
            new RolesConfig(Set.of("admins"), Set.of("family"), Set.of(), List.of());

    private final ScriptedOpenIdProvider provider;

    public TestHouse() {
        this(Defaults.EXISTING_TOKENS);
    }

    /// @param existingTokens what becomes of tokens that are older than the gateway
    TestHouse(ExistingTokens existingTokens) {
        this(
                existingTokens,
                freeOrigin(),
                ScriptedOpenIdProvider.start(
                        ProviderOptions.defaults().withPort(LoopbackPort.free())));
    }

    private TestHouse(
            ExistingTokens existingTokens, Origin origin, ScriptedOpenIdProvider provider) {
        OpenIdProviderConfig config =
                OpenIdProviderConfig.of(
                        "op",
                        provider.issuer(),
                        "vestibule",
                        new ClientAuthentication.SecretBasic(new Secret(CLIENT_SECRET)));
        provider.register(
                RegisteredClient.secretBasic(
                        config.clientId(), CLIENT_SECRET, config.redirectUri(origin)));
        provider.addPerson(Person.of("ada", "Ada").withGroups("admins"));
        provider.addPerson(Person.of("ben", "Ben").withGroups("family"));
        provider.addPerson(Person.of("sam", "Sam").withGroups("others"));
        super(origin, List.of(config), ROLES, existingTokens);
        this.provider = provider;
    }

    public ScriptedOpenIdProvider provider() {
        return provider;
    }

    public SignedIn signIn(VisitorBrowser browser, String subject) {
        provider.signInAutomaticallyAs(subject);
        return redeem(browser, codeIn(browser.walk(authorizeAddress(), landing())));
    }

    @Override
    public void close() {
        super.close();
        provider.close();
    }
}
