package dev.vestibule.config;

import java.util.Map;

/// The variables that this process was started with.
public final class ProcessEnvironment {

    private ProcessEnvironment() {}

    public static Map<String, String> variables() {
        return Map.copyOf(System.getenv());
    }
}
