package dev.vestibule.config;

import dev.vestibule.foreign.ForeignText;
import dev.vestibule.network.Cidr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the section `sign-in` of a home.
final class SignInReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Duration EMERGENCY_MIN = Duration.ofMinutes(1);
    private static final Duration EMERGENCY_MAX = Duration.ofHours(4);
    private static final List<Role> KIOSK_ROLES = List.of(Role.VIEWER, Role.USER);

    private SignInReader() {}

    static SignInConfig read(Section section, CertificateSource source) {
        try (section) {
            SignInConfig defaults = Defaults.SIGN_IN;
            return new SignInConfig(
                    section.get(
                            "local-login",
                            Formats.oneOf(LocalLogin.values()),
                            defaults.localLogin()),
                    section.get("linking", Formats.oneOf(Linking.values()), defaults.linking()),
                    section.get("passkeys", Formats::truth, defaults.passkeys()),
                    section.get("apps", Formats.oneOf(AppSignIn.values()), defaults.apps()),
                    breakGlass(section.child("break-glass")),
                    kiosks(section, source));
        }
    }

    private static BreakGlassConfig breakGlass(Section section) {
        try (section) {
            BreakGlassConfig defaults = Defaults.BREAK_GLASS;
            return new BreakGlassConfig(
                    section.get("name", Formats::text, defaults.name()),
                    section.get(
                            "lifetime",
                            Formats.duration(EMERGENCY_MIN, EMERGENCY_MAX),
                            defaults.lifetime()),
                    section.get("anywhere", Formats::truth, defaults.anywhere()));
        }
    }

    private static List<KioskConfig> kiosks(Section section, CertificateSource source) {
        List<KioskConfig> kiosks = new ArrayList<>();
        Unique<String> names = new Unique<>(section.reading().findings());
        for (Section kiosk : section.children("kiosks")) {
            kiosk(kiosk, names, source)
                    .ifPresent(
                            read -> {
                                refuseOverlap(kiosk, read, kiosks);
                                kiosks.add(read);
                            });
        }
        return kiosks;
    }

    /// As openssl prints it, with colons and capitals, or without.
    private static Parsed<String> fingerprint(String text) {
        String plain = text.replace(":", "").toLowerCase(Locale.ROOT);
        return KioskConfig.isFingerprint(plain)
                ? new Parsed.Good<>(plain)
                : new Parsed.Bad<>(
                        "'"
                                + ForeignText.excerpt(text)
                                + "' is not the SHA-256 fingerprint of a certificate. Write what"
                                + " 'openssl x509 -fingerprint -sha256 -noout -in tablet.pem'"
                                + " prints.");
    }

    /// An address says which tablet it is, so it must be one.
    private static void refuseOverlap(
            Section section, KioskConfig kiosk, List<KioskConfig> others) {
        for (KioskConfig other : others) {
            for (Cidr network : kiosk.trustedNetworks()) {
                if (other.trustedNetworks().stream().anyMatch(network::overlaps)) {
                    section.problem(
                            "trusted-networks",
                            "'"
                                    + network
                                    + "' is also the place of the kiosk '"
                                    + other.name()
                                    + "', so that nobody could tell the two apart. Give each its"
                                    + " own addresses.");
                }
            }
        }
    }

    private static Optional<KioskConfig> kiosk(
            Section section, Unique<String> names, CertificateSource source) {
        try (section) {
            Optional<String> name =
                    section.require(
                            "name",
                            Formats.shaped(
                                    NAME.asMatchPredicate(),
                                    "a name. Write up to 32 lower-case letters, digits and dashes"),
                            "Write what the tablet is called, such as hallway.");
            name.ifPresent(
                    text ->
                            names.claim(
                                    new Located<>(
                                            text, section.lineOf("name"), section.pathOf("name")),
                                    "Give every kiosk a 'name' of its own."));
            List<Cidr> networks =
                    Networks.read(
                            section,
                            "trusted-networks",
                            "Everybody could then be the tablet. Write its own address.");
            if (networks.isEmpty()) {
                section.problem(
                        "trusted-networks",
                        "A kiosk works from listed networks only. Write the tablet's own address,"
                                + " such as 192.168.1.20.");
            }
            KioskConfig.DeviceKey deviceKey =
                    section.get(
                            "device-key",
                            Formats.oneOf(KioskConfig.DeviceKey.values()),
                            KioskConfig.DeviceKey.OFF);
            Role role = section.get("role", Formats.choice(KIOSK_ROLES, Formats::word), Role.USER);
            List<String> certificates =
                    section.list("client-certificate", SignInReader::fingerprint).stream()
                            .map(Located::value)
                            .toList();
            if (!certificates.isEmpty()) {
                source.expect(section, name.orElse(""));
            }
            return name.map(text -> new KioskConfig(text, networks, deviceKey, role, certificates));
        }
    }
}
