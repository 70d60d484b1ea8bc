// The home's own sign-in page: it draws the forms that the login flow asks for.

const query = new URLSearchParams(location.search);
const clientId = query.get("client_id");
const redirectUri = query.get("redirect_uri");
const at = (id) => document.getElementById(id);
const LABELS = {
  username: "User name",
  password: "Password",
  code: "Code of your authenticator app",
};
const ERRORS = {
  invalid_auth: "User name or password is wrong.",
  invalid_code: "The code is wrong.",
};
let flow;

async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    body: JSON.stringify({ ...body, client_id: clientId }),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.message ?? `The home answered ${response.status}`);
  }
  return answer;
}

function show(step) {
  if (step.type === "create_entry") {
    leaveWith(step.result);
    return;
  }
  if (step.type === "abort") {
    fail(`The sign-in was ended: ${step.reason}`);
    begin();
    return;
  }
  flow = step.flow_id;
  fail(ERRORS[step.errors?.base] ?? "");
  at("fields").replaceChildren(...step.data_schema.map(field));
  at("fields").querySelector("input").focus();
}

function field({ name }) {
  const label = document.createElement("label");
  label.className = "field";
  const input = document.createElement("input");
  input.name = name;
  input.required = true;
  input.type = name === "password" ? "password" : "text";
  input.autocomplete =
    { username: "username", password: "current-password", code: "one-time-code" }[name] ?? "off";
  label.append(LABELS[name] ?? name, input);
  return label;
}

function fail(text) {
  at("error").hidden = !text;
  at("error").textContent = text;
}

/** Only web addresses and the apps are gone to. */
function leaveWith(code) {
  const target = new URL(redirectUri);
  if (!["http:", "https:", "homeassistant:"].includes(target.protocol)) {
    fail("That address cannot be gone to.");
    return;
  }
  const joint = redirectUri.includes("?") ? "&" : "?";
  const state = query.get("state");
  location.assign(
    `${redirectUri}${joint}code=${encodeURIComponent(code)}` +
      (state === null ? "" : `&state=${encodeURIComponent(state)}`) +
      "&storeToken=true",
  );
}

async function begin() {
  show(
    await ask("POST", "/auth/login_flow", {
      handler: ["homeassistant", null],
      redirect_uri: redirectUri,
    }),
  );
}

at("client").textContent = clientId ? `You are about to let in ${clientId}` : "";
at("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  at("submit").disabled = true;
  try {
    const input = Object.fromEntries(new FormData(at("form")));
    show(await ask("POST", `/auth/login_flow/${flow}`, input));
  } catch (problem) {
    fail(problem.message);
  } finally {
    at("submit").disabled = false;
  }
});
begin().catch((problem) => fail(problem.message));
