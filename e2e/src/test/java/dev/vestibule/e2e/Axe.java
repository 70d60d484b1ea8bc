package dev.vestibule.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// axe-core, from npm: finds what keeps people with disabilities from using a page.
final class Axe {

    /// The library itself, to be run in the page.
    static final String SOURCE = read(NodePackages.installed());

    /// Gives a line for every serious violation: the rule, and the elements it is about.
    static final String RUN =
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ["violations"]}).then(
                result => done(result.violations
                    .filter(one => ["serious", "critical"].includes(one.impact))
                    .map(one => one.id + ": " + one.nodes.map(node => node.html).join(" "))),
                problem => done(["axe could not look: " + problem]));
            """;

    private Axe() {}

    private static String read(Path packages) {
        try {
            return Files.readString(packages.resolve("node_modules/axe-core/axe.min.js"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
