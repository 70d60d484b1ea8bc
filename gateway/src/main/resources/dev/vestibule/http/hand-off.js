// The page of an app that waits for its person: says when the code is to be typed. The page works without.
(() => {
    const PAUSE_MILLIS = 3000;
    const place = document.getElementById("hand-off");
    const said = (name) => place.querySelector(`[data-name="${name}"]`).textContent;
    const line = document.createElement("p");
    line.className = "status";
    line.setAttribute("role", "status");
    place.append(line);

    let state = "";
    let isAsking = false;

    function show(next) {
        if (next === state) {
            return;
        }
        state = next;
        line.dataset.state = next;
        line.textContent = said(next);
        if (next === "confirmed") {
            document.getElementById("code").focus();
        }
    }

    async function ask() {
        if (isAsking || document.hidden || state === "over") {
            return;
        }
        isAsking = true;
        try {
            const answer = await fetch(said("state-address"), {cache: "no-store"});
            if (answer.ok) {
                show((await answer.json()).state);
            }
        } catch (away) {
            // Without a connection nothing is said; the next question may get through.
        } finally {
            isAsking = false;
        }
    }

    show("waiting");
    setInterval(ask, PAUSE_MILLIS);
    // A web view in the background runs no timers.
    document.addEventListener("visibilitychange", ask);
    window.addEventListener("pageshow", ask);
})();
