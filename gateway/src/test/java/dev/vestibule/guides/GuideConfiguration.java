package dev.vestibule.guides;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import dev.vestibule.config.ConfigReader;
import dev.vestibule.config.ConfigResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;

/// A part of a configuration as a guide shows it, put beside the least that `vestibule setup`
/// writes. The files of secrets that it names are made; everything else is left to the reader of
/// configurations.
public final class GuideConfiguration {

    private static final String LEAST =
            """
            home:
              public-url: https://home.example.org
              home-assistant:
                url: http://homeassistant:8123
                token-file: home-assistant.token
              roles:
                admin: [house-admins]
            providers:
              - id: setup
                issuer: https://setup.example.org
                client-id: vestibule
            """;
    private static final String SECRET = "a-secret-of-more-than-32-characters-0123456789";

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory())
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private GuideConfiguration() {}

    /// @param part keys of a configuration
    /// @param directory where its files are written
    public static ConfigResult read(String part, Path directory) {
        ObjectNode whole = parse(LEAST);
        merge(whole, parse(part));
        writeSecrets(whole, directory);
        // JSON is YAML, so what was merged need not be spelled anew.
        Path file = write(directory, "vestibule.yaml", whole.toPrettyString());
        return ConfigReader.read(InstantSource.system(), file, Map.of());
    }

    static ObjectNode parse(String yaml) {
        try {
            return (ObjectNode) YAML.readTree(yaml);
        } catch (JsonProcessingException unreadable) {
            throw new AssertionError("not YAML: " + yaml, unreadable);
        }
    }

    /// Sections are merged key by key; lists and values take the place of those before.
    private static void merge(ObjectNode into, ObjectNode part) {
        part.properties()
                .forEach(
                        entry -> {
                            if (into.get(entry.getKey()) instanceof ObjectNode before
                                    && entry.getValue() instanceof ObjectNode now) {
                                merge(before, now);
                            } else {
                                into.set(entry.getKey(), entry.getValue());
                            }
                        });
    }

    private static void writeSecrets(JsonNode node, Path directory) {
        node.properties()
                .forEach(
                        entry -> {
                            if (entry.getKey().endsWith("-file")) {
                                write(directory, entry.getValue().asText(), SECRET);
                            }
                        });
        node.forEach(child -> writeSecrets(child, directory));
    }

    private static Path write(Path directory, String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.writeString(file, text);
            return Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
