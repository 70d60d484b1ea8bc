package dev.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

final class ConfigInForceTest {

    @Test
    void isReadBackAsTheSameConfigurationButForTheSecrets(@TempDir Path directory) {
        ConfigFile file = ConfigFile.in(directory);
        GatewayConfig config =
                file.config(
                        ConfigFile.LEAST
                                        .replace("house-admins", "[\"a: b\", \"${x\", null2]")
                                        .replace("${x", "$${x}")
                                        .replace(
                                                "  roles:",
                                                "  session: {lifetime: 36h, idle-timeout: 90m}\n"
                                                        + "  roles:")
                                + "    name: \"Ada's: [house] #1\"\n"
                                + "    client-secret: hidden-one\n");

        String yaml = ConfigInForce.yaml(config);

        assertThat(yaml).doesNotContain("hidden-one").doesNotContain("token: abc");
        GatewayConfig again = file.config(yaml);
        assertThat(ConfigInForce.yaml(again)).isEqualTo(yaml);
        assertThat(again.homes().getFirst().session())
                .isEqualTo(config.homes().getFirst().session());
        assertThat(again.homes().getFirst().apps()).isEqualTo(config.homes().getFirst().apps());
        assertThat(again.homes().getFirst().roles()).isEqualTo(config.homes().getFirst().roles());
        assertThat(again.providers().getFirst().displayName()).isEqualTo("Ada's: [house] #1");
    }

    @Test
    void tellsInWhichFormAProxyIsBelieved(@TempDir Path directory) {
        ConfigFile file = ConfigFile.in(directory);
        GatewayConfig config =
                file.config(
                        ConfigFile.LEAST
                                + """
                                network:
                                  client-certificate-proxies:
                                    - {address: 172.18.0.2, form: nginx}
                                    - {address: "fd00::3", form: xfcc}
                                """);

        GatewayConfig again = file.config(ConfigInForce.yaml(config));

        assertThat(config.network().clientCertificateProxies()).hasSize(2);
        assertThat(again.network()).isEqualTo(config.network());
    }

    @Test
    void hidesAPrivateKeyToo(@TempDir Path directory) {
        ConfigFile file = ConfigFile.in(directory);
        file.write("k.pem", "-----BEGIN PRIVATE KEY-----\nhidden-two\n", "rw-------");
        GatewayConfig config =
                file.config(
                        ConfigFile.LEAST
                                + "    private-key-jwt: {key-file: k.pem, key-id: kid-1}\n");

        assertThat(ConfigInForce.yaml(config))
                .contains("key-id: kid-1")
                .doesNotContain("hidden-two");
    }

    /// Whatever a text holds, YAML gives it back.
    @Property
    void everyTextIsReadBackAsItWas(@ForAll @NotBlank String text) {
        Findings findings = new Findings();
        Optional<YamlNode.Mapping> tree =
                YamlTree.parse(
                        "a: " + YamlScalar.of(text) + "\nb: [" + YamlScalar.of(text) + "]\n",
                        findings);

        assertThat(findings.problems()).isEmpty();
        assertThat(tree.orElseThrow().entries().getFirst().value())
                .isInstanceOfSatisfying(
                        YamlNode.Scalar.class,
                        scalar ->
                                assertThat(Substitution.apply(scalar.text(), Map.of()))
                                        .isEqualTo(new Parsed.Good<>(text)));
    }
}
