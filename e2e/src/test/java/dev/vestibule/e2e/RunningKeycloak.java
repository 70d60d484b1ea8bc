package dev.vestibule.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands the one [KeycloakServer] of a run to every test that asks for it. It starts when the first
/// one does, and ends after the last test of all classes.
final class RunningKeycloak implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == KeycloakServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(Namespace.create(RunningKeycloak.class))
                .getOrComputeIfAbsent(
                        KeycloakServer.class, _ -> KeycloakServer.start(), KeycloakServer.class);
    }
}
