// Proves that this browser holds a wall tablet's key. The key is made here, cannot be taken out of the browser, and is kept
// in its database. A page says by hidden texts what is to be signed and where it goes; here are no words.
"use strict";

(() => {
    const place = document.querySelector("#kiosk-prove, #kiosk-offer");
    // Without a secure context there is no cryptography; the page says already what to do.
    if (!place || !window.isSecureContext || !window.crypto?.subtle || !window.indexedDB) {
        return;
    }
    const said = (name) => place.querySelector(`[data-name="${name}"]`)?.textContent ?? "";
    const STORE = "keys";
    const NAME = "kiosk";

    const asked = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });

    const database = () => {
        const opening = indexedDB.open("vestibule", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
        return asked(opening);
    };

    const kept = async () =>
        asked((await database()).transaction(STORE).objectStore(STORE).get(NAME));

    const make = async () => {
        const pair = await crypto.subtle.generateKey(
            { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
        const store = (await database()).transaction(STORE, "readwrite").objectStore(STORE);
        await asked(store.put(pair, NAME));
        return pair;
    };

    const base64url = (buffer) =>
        btoa(String.fromCharCode(...new Uint8Array(buffer)))
            .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

    const prove = async () => {
        const pair = (await kept()) ?? (await make());
        const text = `vestibule kiosk\n${said("challenge")}\n${location.origin}\n${said("home")}`;
        const signature = await crypto.subtle.sign(
            { name: "ECDSA", hash: "SHA-256" }, pair.privateKey, new TextEncoder().encode(text));
        const form = Object.assign(
            document.createElement("form"), { method: "post", action: said("action") });
        const fields = {
            challenge: said("challenge"),
            choice: said("choice"),
            key: base64url(await crypto.subtle.exportKey("spki", pair.publicKey)),
            signature: base64url(signature),
        };
        for (const [name, value] of Object.entries(fields)) {
            form.append(Object.assign(
                document.createElement("input"), { type: "hidden", name, value }));
        }
        place.append(form);
        form.submit();
    };

    const goOnIfThereIsAKey = async () => {
        if (await kept()) {
            location.replace(said("address"));
        }
    };

    // Whatever fails leaves the page as it is, with what it says to do.
    (place.id === "kiosk-prove" ? prove() : goOnIfThereIsAKey()).catch(() => {});
})();
