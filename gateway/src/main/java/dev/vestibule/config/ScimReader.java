package dev.vestibule.config;

import java.util.Optional;

/// Reads what a provider has to do with SCIM.
final class ScimReader {

    private ScimReader() {}

    static ScimConfig read(Section section) {
        try (section) {
            ScimConfig defaults = ScimConfig.DEFAULTS;
            ScimConfig.Match match =
                    section.get(
                            "match", Formats.oneOf(ScimConfig.Match.values()), defaults.match());
            return new ScimConfig(
                    match,
                    claim(section).orElse(ScimConfig.defaultClaim(match)),
                    section.get(
                            "roles-from",
                            Formats.oneOf(ScimConfig.RolesFrom.values()),
                            defaults.rolesFrom()),
                    section.get(
                            "people",
                            Formats.oneOf(ScimConfig.People.values()),
                            defaults.people()));
        }
    }

    private static Optional<String> claim(Section section) {
        Optional<String> claim = section.find("claim", ProviderReader.CLAIM_PATH);
        if (claim.filter(ScimConfig::isAddress).isPresent()) {
            section.problem(
                    "claim",
                    "Nobody is matched by their e-mail address: providers hand it on unproven, and"
                            + " it may pass to somebody else. Name a claim that stays with one"
                            + " person, such as 'sub'.");
            return Optional.empty();
        }
        return claim;
    }
}
