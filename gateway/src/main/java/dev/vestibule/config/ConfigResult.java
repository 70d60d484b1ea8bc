package dev.vestibule.config;

import java.util.List;

/// What came of reading a configuration.
public sealed interface ConfigResult {

    /// The configuration can be used.
    ///
    /// @param warnings what works and yet deserves a look, in the order of the file
    record Valid(GatewayConfig config, List<ConfigProblem> warnings) implements ConfigResult {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /// The configuration cannot be used.
    ///
    /// @param problems every problem that was found, in the order of the file; at least one
    record Invalid(List<ConfigProblem> problems) implements ConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
