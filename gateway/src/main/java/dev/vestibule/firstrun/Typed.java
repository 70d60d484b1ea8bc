package dev.vestibule.firstrun;

import dev.vestibule.http.Parameters;
import dev.vestibule.secret.Secret;

import java.util.HashMap;
import java.util.Map;

/// What was typed into a form. What is no secret is remembered, so that a page that is shown again
/// has it, however long: a form has its limit at the port. Secrets are read once.
final class Typed {

    private final Map<String, String> remembered;
    private final Parameters form;

    private Typed(Map<String, String> remembered, Parameters form) {
        this.remembered = remembered;
        this.form = form;
    }

    /// What is remembered, over all forms. Used under the wizard's lock.
    static final class Memory {

        private final Map<String, String> texts = new HashMap<>();

        Typed read(Parameters form) {
            return new Typed(texts, form);
        }

        /// What was typed into a field, or what stands there at first.
        String text(String field, String first) {
            return texts.getOrDefault(field, first);
        }
    }

    String text(String field) {
        String typed = form.single(field).orElse("");
        remembered.put(field, typed);
        return typed;
    }

    /// A short answer by a button, which is not kept.
    boolean has(String field) {
        return form.single(field).isPresent();
    }

    Secret secret(String field) {
        return new Secret(form.single(field).orElse(""));
    }
}
