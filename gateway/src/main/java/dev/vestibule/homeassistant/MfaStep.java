package dev.vestibule.homeassistant;

import java.util.List;

/// A question of a login flow that waits for an answer. Plain text throughout, so that it can be
/// kept (sealed) between two requests of the person.
///
/// @param stepId `mfa` asks for a code, `select_mfa_module` for one of the modules
/// @param modules what to choose from, or the one module that asks for the code
/// @param forwardedFor the address that was named to Home Assistant, the same for all steps of a
///   flow; empty when none was
public record MfaStep(
        String flowId,
        String stepId,
        String clientId,
        String forwardedFor,
        List<MfaModule> modules) {

    static final String SELECT = "select_mfa_module";
    static final String CODE = "mfa";

    public MfaStep {
        modules = List.copyOf(modules);
    }

    /// Whether the answer is the id of one of several modules, and not a code.
    public boolean asksForModule() {
        return stepId.equals(SELECT);
    }

    /// @param id such as `totp`
    /// @param name such as `Authenticator app`
    public record MfaModule(String id, String name) {}
}
