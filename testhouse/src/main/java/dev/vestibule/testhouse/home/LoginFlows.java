package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Sign-ins in progress: a form with user name and password, then perhaps one that asks for a
/// second factor's module (where there are several), and one for its code. Lives on the event loop;
/// a restart loses them. They never expire by themselves.
final class LoginFlows {

    private static final int MFA_ATTEMPTS_MAX = 3;
    private static final Duration MFA_LIFETIME = Duration.ofMinutes(5);

    /// One sign-in in progress.
    static final class Flow {
        private final String id = Ids.id();
        private final InetAddress from;
        private final String redirectUri;
        private final boolean isForLinking;
        private final Instant begunAt;
        private @Nullable Credential accepted;
        private @Nullable MfaModule module;
        private int codesTried;

        private Flow(InetAddress from, String redirectUri, boolean isForLinking, Instant begunAt) {
            this.from = from;
            this.redirectUri = redirectUri;
            this.isForLinking = isForLinking;
            this.begunAt = begunAt;
        }

        String id() {
            return id;
        }

        InetAddress from() {
            return from;
        }

        String redirectUri() {
            return redirectUri;
        }
    }

    /// What one step led to.
    sealed interface Step {

        /// A form comes next, perhaps the same again.
        record Form(ObjectNode json, boolean isFailedAttempt) implements Step {}

        record Abort(ObjectNode json) implements Step {}

        record SignedIn(Credential credential) implements Step {}

        record Malformed() implements Step {}

        /// A password that the hash function cannot take.
        record Broken() implements Step {}
    }

    private final InstantSource time;
    private final HomeVersion version;
    private final UserStore users;
    private final Map<String, Flow> flows = new HashMap<>();

    LoginFlows(InstantSource time, HomeVersion version, UserStore users) {
        this.time = time;
        this.version = version;
        this.users = users;
    }

    Flow begin(InetAddress from, String redirectUri, boolean isForLinking) {
        var flow = new Flow(from, redirectUri, isForLinking, time.instant());
        flows.put(flow.id(), flow);
        return flow;
    }

    Optional<Flow> find(String id) {
        return Optional.ofNullable(flows.get(id));
    }

    void end(Flow flow) {
        flows.remove(flow.id());
    }

    void clear() {
        flows.clear();
    }

    ObjectNode firstForm(Flow flow) {
        return passwordForm(flow, "");
    }

    /// @param input what was sent, without the client id
    Step advance(Flow flow, JsonNode input) {
        Credential accepted = flow.accepted;
        if (accepted == null) {
            return checkPassword(flow, input);
        }
        MfaModule module = flow.module;
        return module == null
                ? chooseModule(flow, mfaSecrets(accepted), input)
                : checkCode(flow, accepted, module, input);
    }

    private Step checkPassword(Flow flow, JsonNode input) {
        if (!hasOnlyTexts(input, Set.of("username", "password"))) {
            return new Step.Malformed();
        }
        String password = input.path("password").asText();
        if (version.refusesLongPasswords() && isTooLong(password)) {
            return new Step.Broken();
        }
        Optional<Credential> credential = users.check(input.path("username").asText(), password);
        if (credential.isEmpty()) {
            return new Step.Form(passwordForm(flow, "invalid_auth"), true);
        }
        // A flow that only links asks for no code.
        Map<MfaModule, String> secrets = mfaSecrets(credential.get());
        if (!flow.isForLinking && !secrets.isEmpty()) {
            flow.accepted = credential.get();
            if (secrets.size() > 1) {
                return new Step.Form(moduleForm(flow, secrets, ""), false);
            }
            return askForCode(flow, secrets.keySet().iterator().next());
        }
        end(flow);
        return new Step.SignedIn(credential.get());
    }

    private static boolean isTooLong(String password) {
        return password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                > Credential.PASSWORD_BYTES_READ;
    }

    private static Map<MfaModule, String> mfaSecrets(Credential credential) {
        return credential.user().map(User::mfaSecrets).orElse(Map.of());
    }

    private static Step askForCode(Flow flow, MfaModule module) {
        flow.module = module;
        return new Step.Form(codeForm(flow, module, ""), false);
    }

    private static Step chooseModule(Flow flow, Map<MfaModule, String> secrets, JsonNode input) {
        if (!hasOnlyTexts(input, Set.of("multi_factor_auth_module"))) {
            return new Step.Malformed();
        }
        return MfaModule.byId(input.path("multi_factor_auth_module").asText())
                .filter(secrets::containsKey)
                .map(module -> askForCode(flow, module))
                .orElseGet(
                        () ->
                                new Step.Form(
                                        moduleForm(flow, secrets, "invalid_auth_module"), false));
    }

    private Step checkCode(Flow flow, Credential accepted, MfaModule module, JsonNode input) {
        if (!hasOnlyTexts(input, Set.of("code"))) {
            return new Step.Malformed();
        }
        Instant now = time.instant();
        if (now.isAfter(flow.begunAt.plus(MFA_LIFETIME))) {
            return abort(flow, "login_expired");
        }
        String code = input.path("code").asText();
        String secret = mfaSecrets(accepted).get(module);
        if (secret != null && Totp.accepts(secret, code, now)) {
            end(flow);
            return new Step.SignedIn(accepted);
        }
        flow.codesTried++;
        return flow.codesTried >= MFA_ATTEMPTS_MAX
                ? abort(flow, "too_many_retry")
                : new Step.Form(codeForm(flow, module, "invalid_code"), true);
    }

    private Step abort(Flow flow, String reason) {
        end(flow);
        ObjectNode json = Json.object().put("type", "abort").put("flow_id", flow.id());
        json.set("handler", handler());
        json.put("reason", reason).putNull("description_placeholders");
        return new Step.Abort(json);
    }

    private static boolean hasOnlyTexts(JsonNode input, Set<String> names) {
        return input.size() == names.size()
                && names.stream().allMatch(name -> input.path(name).isTextual());
    }

    private static ObjectNode passwordForm(Flow flow, String error) {
        ObjectNode form = form(flow, "init", error);
        form.withArray("data_schema").add(field("username")).add(field("password"));
        form.putNull("description_placeholders");
        return ending(form);
    }

    private static ObjectNode moduleForm(Flow flow, Map<MfaModule, String> secrets, String error) {
        ObjectNode form = form(flow, "select_mfa_module", error);
        ObjectNode field = form.withArray("data_schema").addObject().put("type", "select");
        ArrayNode options = field.putArray("options");
        secrets.keySet().forEach(module -> options.addArray().add(module.id()).add(module.title()));
        field.put("name", "multi_factor_auth_module");
        form.putNull("description_placeholders");
        return ending(form);
    }

    private static ObjectNode codeForm(Flow flow, MfaModule module, String error) {
        ObjectNode form = form(flow, "mfa", error);
        form.withArray("data_schema").add(field("code"));
        form.putObject("description_placeholders")
                .put("mfa_module_name", module.title())
                .put("mfa_module_id", module.id());
        return ending(form);
    }

    private static ObjectNode form(Flow flow, String stepId, String error) {
        ObjectNode form = Json.object().put("type", "form").put("flow_id", flow.id());
        form.set("handler", handler());
        form.put("step_id", stepId).putArray("data_schema");
        ObjectNode errors = form.putObject("errors");
        if (!error.isEmpty()) {
            errors.put("base", error);
        }
        return form;
    }

    private static ObjectNode ending(ObjectNode form) {
        form.putNull("last_step");
        form.putNull("preview");
        return form;
    }

    private static ObjectNode field(String name) {
        return Json.object().put("type", "string").put("name", name).put("required", true);
    }

    static JsonNode handler() {
        return Json.array().add("homeassistant").add(Json.nothing());
    }
}
