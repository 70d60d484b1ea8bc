package dev.vestibule.config;

import dev.vestibule.foreign.ForeignText;

import java.util.List;

/// Reads `management`.
final class ManagementReader {

    private static final String OFF = "off";

    private ManagementReader() {}

    /// @param publicPort of `listen`
    static ManagementConfig read(Section section, int publicPort) {
        try (section) {
            ManagementConfig management =
                    section.get("listen", ManagementReader::address, Defaults.MANAGEMENT);
            // Attack: what tells how the gateway is stands where the whole world comes by.
            boolean isPublic =
                    management.listen().stream()
                            .anyMatch(at -> at.port() == publicPort && at.port() != 0);
            if (isPublic) {
                section.problem(
                        "listen",
                        "Port "
                                + publicPort
                                + " is where people come in, by 'listen.port'. Choose another one,"
                                + " or write off.");
            }
            management.listen().stream()
                    .filter(at -> !at.isOfOnesOwn())
                    .forEach(
                            at ->
                                    section.warning(
                                            "listen",
                                            "At "
                                                    + at
                                                    + " whoever reaches this machine may ask how"
                                                    + " the gateway is, unless something in front"
                                                    + " keeps them out. Write 127.0.0.1:"
                                                    + at.port()
                                                    + ", or the address that this machine has in"
                                                    + " your own network."));
            return management;
        }
    }

    private static Parsed<ManagementConfig> address(String text) {
        if (text.equals(OFF)) {
            return new Parsed.Good<>(ManagementConfig.OFF);
        }
        return ListenAddress.parse(text)
                .<Parsed<ManagementConfig>>map(
                        at -> new Parsed.Good<>(new ManagementConfig(List.of(at))))
                .orElseGet(
                        () ->
                                new Parsed.Bad<>(
                                        "'"
                                                + ForeignText.excerpt(text)
                                                + "' is no address with a port. Write"
                                                + " 127.0.0.1:8125 for this machine only, another"
                                                + " address of this machine such as 10.0.0.5:8125"
                                                + " or [fd12::5]:8125, or off."));
    }

    /// As the file has it.
    static String word(ManagementConfig management) {
        return management.listen().isEmpty() ? OFF : management.listen().getFirst().toString();
    }
}
