package dev.vestibule.doctor;

import dev.vestibule.config.ConfigProblem;
import dev.vestibule.config.GatewayConfig;
import dev.vestibule.config.HomeConfig;
import dev.vestibule.config.OpenIdProviderConfig;
import dev.vestibule.config.Origin;
import dev.vestibule.doctor.Finding.Hint;
import dev.vestibule.doctor.Finding.Wrong;
import dev.vestibule.secret.Secrets;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Walks along the chain of one set-up from the outside in. Used by one thread.
public final class Doctor {

    /// What [CertificateCheck] says, and more of it.
    private static final String CERTIFICATE_KEY = "listen.tls.certificate-file";

    private final InstantSource time;
    private final Secrets secrets;

    public Doctor(InstantSource time, Secrets secrets) {
        this.time = time;
        this.secrets = secrets;
    }

    /// What a configuration is that cannot be used. Nothing else can be looked at then.
    public static List<Finding> unusable(List<ConfigProblem> problems) {
        return problems.stream()
                .<Finding>map(
                        problem -> new Wrong(Cause.CONFIGURATION, "the file", problem.toString()))
                .toList();
    }

    /// Looks at everything, and tells each finding when it is there.
    ///
    /// @param warnings of the configuration
    /// @param isServing whether a gateway runs on the data directory now
    public void examine(
            GatewayConfig config,
            List<ConfigProblem> warnings,
            boolean isServing,
            Consumer<Finding> listener) {
        for (ConfigProblem warning : warnings) {
            if (!warning.path().equals(CERTIFICATE_KEY)) {
                listener.accept(new Hint(Cause.CONFIGURATION, "the file", warning.toString()));
            }
        }
        for (Check check : checks(config, isServing)) {
            check.look().forEach(listener);
        }
    }

    private List<Check> checks(GatewayConfig config, boolean isServing) {
        List<Check> checks = new ArrayList<>();
        for (HomeConfig home : config.homes()) {
            addresses(home)
                    .map(address -> new PublicUrlCheck(time, address, isServing))
                    .forEach(checks::add);
            checks.add(new AroundCheck(home, AroundCheck.addressesOfThisMachine()));
        }
        checks.add(
                new CertificateCheck(
                        time,
                        config.listen().tls(),
                        config.homes().stream().flatMap(Doctor::addresses).toList()));
        checks.add(new PortCheck(config.listen().address(), config.listen().port(), isServing));
        config.management().listen().stream()
                .map(place -> new PortCheck(place.address(), place.port(), isServing))
                .forEach(checks::add);
        for (OpenIdProviderConfig provider : config.providers()) {
            checks.add(new ProviderCheck(time, secrets, provider));
            checks.add(ClockCheck.of(time, provider));
        }
        for (HomeConfig home : config.homes()) {
            checks.add(new HomeAssistantCheck(time, home));
            checks.add(ClockCheck.of(time, home));
        }
        checks.add(new DataDirectoryCheck(config.dataDirectory()));
        checks.add(new MasterKeyCheck(secrets, config));
        checks.add(new AuditCheck(config.audit()));
        return List.copyOf(checks);
    }

    private static Stream<Origin> addresses(HomeConfig home) {
        return Stream.concat(Stream.of(home.publicUrl()), home.origins().stream());
    }
}
