// Asks the device for a passkey, or for a signature of one, and posts what it gave. A page says by
// hidden texts what is to be asked and what is to be said; here are no words.
"use strict";

(() => {
    const place = document.querySelector(
        "#passkey-sign-in:not([data-alive]), #passkey-add:not([data-alive])");
    const canUsePasskeys =
        window.isSecureContext && window.PublicKeyCredential && navigator.credentials;
    // What stands in the page already says that it cannot be done here.
    if (!place || !canUsePasskeys) {
        return;
    }
    place.dataset.alive = "";

    const said = (name) => place.querySelector(`[data-name="${name}"]`)?.textContent ?? "";

    const bytes = (text) => {
        const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
        return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
    };

    const text = (buffer) =>
        btoa(String.fromCharCode(...new Uint8Array(buffer)))
            .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

    const described = (credentials) =>
        (credentials ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

    const create = async (options) => {
        const made = await navigator.credentials.create({
            publicKey: {
                ...options,
                challenge: bytes(options.challenge),
                user: { ...options.user, id: bytes(options.user.id) },
                excludeCredentials: described(options.excludeCredentials),
            },
        });
        return answer(made, {
            attestationObject: text(made.response.attestationObject),
            transports: made.response.getTransports?.() ?? [],
        });
    };

    const get = async (options) => {
        const signed = await navigator.credentials.get({
            publicKey: {
                ...options,
                challenge: bytes(options.challenge),
                allowCredentials: described(options.allowCredentials),
            },
        });
        return answer(signed, {
            authenticatorData: text(signed.response.authenticatorData),
            signature: text(signed.response.signature),
            userHandle: signed.response.userHandle ? text(signed.response.userHandle) : null,
        });
    };

    const answer = (credential, response) => JSON.stringify({
        id: credential.id,
        rawId: text(credential.rawId),
        type: credential.type,
        response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
        clientExtensionResults: {},
    });

    const element = (name, attributes) => Object.assign(document.createElement(name), attributes);

    const form = element("form", { method: "post", action: said("action") });
    const answered = element("input", { type: "hidden", name: "answer" });
    const button = element("button", { type: "submit", textContent: said("button") });
    const problem = element("p", { className: "alert", hidden: true });
    problem.setAttribute("role", "alert");
    form.append(answered);
    if (said("choice")) {
        form.append(element("input", { type: "hidden", name: "choice", value: said("choice") }));
    }
    if (said("name")) {
        form.append(
            element("label", { htmlFor: "passkey-name", textContent: said("name") }),
            element("input", {
                id: "passkey-name", name: "name", type: "text", maxLength: 60, autocomplete: "off",
            }));
    }
    form.append(problem, button);

    class Refusal extends Error {}

    const ask = async () => {
        const response = await fetch(said("options"), {
            method: "POST",
            headers: { accept: "application/json" },
        });
        const options = await response.json();
        if (!response.ok) {
            throw new Refusal(options.message);
        }
        return said("kind") === "create" ? create(options) : get(options);
    };

    const sentence = (error) => {
        if (error instanceof Refusal && error.message) {
            return error.message;
        }
        switch (error.name) {
            case "NotAllowedError":
            case "AbortError":
                return said("cancelled");
            case "InvalidStateError":
                return said("known");
            default:
                return said("failed");
        }
    };

    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        button.disabled = true;
        problem.hidden = true;
        try {
            answered.value = await ask();
            form.submit();
        } catch (error) {
            problem.textContent = sentence(error);
            problem.hidden = false;
            button.disabled = false;
        }
    });

    // Whoever comes back by the browser's own button finds the page as they left it.
    window.addEventListener("pageshow", () => {
        button.disabled = false;
    });

    place.append(form);
    for (const instead of place.querySelectorAll(".quiet")) {
        instead.hidden = true;
    }
})();
