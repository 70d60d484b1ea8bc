// The live page of the simulated home.

import { Connection, SignInOver, Tokens, leaveForSignIn } from "{{home.js}}";

const ATTEMPTS = "signInAttempts";
const ATTEMPTS_MAX = 3;
const ATTEMPT_SECONDS = 20;
const CAMERA = "camera.front_door";
const TEMPERATURE = "sensor.living_room_temperature";

const at = (id) => document.getElementById(id);
const states = new Map();
let connection;

// --- signing in and out ---

async function start() {
  try {
    const tokens = (await Tokens.fromCallback()) ?? Tokens.stored();
    if (tokens) {
      run(tokens);
    } else {
      signIn();
    }
  } catch (problem) {
    if (problem instanceof SignInOver) {
      signIn();
    } else {
      say("The home does not answer", problem.message, () => location.reload());
    }
  }
}

/** A sign-in that fails again and again must not become an endless round trip. */
function signIn() {
  Tokens.forget();
  const recent = recentAttempts();
  if (recent.length >= ATTEMPTS_MAX) {
    sessionStorage.removeItem(ATTEMPTS);
    say("Signing in did not work", "It was tried several times in a row.", signIn);
    return;
  }
  sessionStorage.setItem(ATTEMPTS, JSON.stringify([...recent, Date.now()]));
  leaveForSignIn();
}

function recentAttempts() {
  const all = JSON.parse(sessionStorage.getItem(ATTEMPTS) ?? "[]");
  return all.filter((moment) => Date.now() - moment < ATTEMPT_SECONDS * 1000);
}

function run(tokens) {
  connection = new Connection(tokens);
  connection.addEventListener("ready", ready);
  connection.addEventListener("waiting", () => status("waiting", "Connecting"));
  connection.addEventListener("over", () => {
    status("over", "Signed out");
    signIn();
  });
  connection.open();
}

async function signOut() {
  const tokens = connection.tokens;
  at("sign-out").disabled = true;
  connection.close();
  try {
    await tokens.revoke();
  } catch {
    // Whoever signs out is signed out here, also when the home is away.
  }
  Tokens.forget();
  location.href = "/";
}

// --- what is shown ---

function status(state, text) {
  at("status").dataset.state = state;
  at("status").textContent = text;
}

function say(title, text, action) {
  at("main").hidden = true;
  at("message").hidden = false;
  at("message-title").textContent = title;
  at("message-text").textContent = text;
  at("message-action").onclick = action;
  status("over", "Not connected");
}

function notice(text) {
  at("notice").hidden = !text;
  at("notice").textContent = text;
}

async function ready() {
  sessionStorage.removeItem(ATTEMPTS);
  try {
    const [user, config, all] = await Promise.all([
      connection.call("auth/current_user"),
      connection.call("get_config"),
      connection.call("get_states"),
      connection.subscribe("subscribe_events", { event_type: "state_changed" }, stateChanged),
    ]);
    states.clear();
    all.forEach((state) => states.set(state.entity_id, state));
    showPerson(user);
    at("home-name").textContent = config.location_name;
    document.title = `${config.location_name} · Simulated Home Assistant`;
    showStates();
    await showPeople(user);
    status("ready", "Connected");
    at("main").hidden = false;
  } catch (problem) {
    notice(problem.message);
  }
}

function showPerson(user) {
  at("greeting").textContent = `${greeting()}, ${user.name.split(" ")[0]}`;
  at("person-name").textContent = user.name;
  at("avatar").textContent = user.name.slice(0, 1).toUpperCase();
  // Home Assistant tells nobody which other groups they are in: a guest is no "User".
  at("role").hidden = !user.is_owner && !user.is_admin;
  at("role").textContent = user.is_owner ? "Owner" : "Administrator";
}

function greeting() {
  const hour = new Date().getHours();
  if (hour < 5) {
    return "Good night";
  }
  if (hour < 12) {
    return "Good morning";
  }
  return hour < 18 ? "Good afternoon" : "Good evening";
}

function stateChanged(event) {
  const { entity_id: id, new_state: next } = event.data;
  if (next) {
    states.set(id, next);
  } else {
    states.delete(id);
  }
  showStates();
}

function showStates() {
  const lights = [...states.values()].filter((state) => state.entity_id.startsWith("light."));
  lights.forEach(showLight);
  const on = lights.filter((state) => state.state === "on").length;
  at("lights-summary").textContent = on === 0 ? "All off" : `${on} of ${lights.length} on`;
  const temperature = states.get(TEMPERATURE);
  at("climate").textContent = temperature
    ? `${temperature.state} ${temperature.attributes.unit_of_measurement} inside`
    : "";
  showCamera();
}

function showLight(state) {
  const button = at(state.entity_id) ?? newLight(state);
  const isOn = state.state === "on";
  button.setAttribute("aria-checked", String(isOn));
  button.querySelector(".light-state").textContent = isOn ? "On" : "Off";
}

function newLight(state) {
  const button = document.createElement("button");
  button.type = "button";
  button.id = state.entity_id;
  button.className = "light";
  button.setAttribute("role", "switch");
  const text = document.createElement("span");
  text.className = "light-text";
  const name = document.createElement("span");
  name.className = "light-name";
  name.textContent = state.attributes.friendly_name ?? state.entity_id;
  const now = document.createElement("span");
  now.className = "light-state";
  now.setAttribute("aria-hidden", "true");
  text.append(name, now);
  const knob = document.createElement("span");
  knob.className = "knob";
  knob.setAttribute("aria-hidden", "true");
  button.append(text, knob);
  button.addEventListener("click", () => toggle(state.entity_id));
  const item = document.createElement("li");
  item.append(button);
  at("lights").append(item);
  return button;
}

async function toggle(entityId) {
  notice("");
  try {
    await connection.call("call_service", {
      domain: "light",
      service: "toggle",
      target: { entity_id: entityId },
    });
  } catch (problem) {
    notice(
      problem.message === "Unauthorized" ? "You may look, but not switch." : problem.message,
    );
  }
}

function showCamera() {
  const picture = states.get(CAMERA)?.attributes.entity_picture;
  if (picture && at("camera").dataset.from !== picture) {
    at("camera").dataset.from = picture;
    at("camera").src = picture;
  }
}

// --- for administrators ---

async function showPeople(user) {
  at("admin").hidden = !user.is_admin;
  if (!user.is_admin) {
    return;
  }
  await Promise.all(
    ["user_added", "user_updated", "user_removed"].map((type) =>
      connection.subscribe("subscribe_events", { event_type: type }, listPeople),
    ),
  );
  await listPeople();
}

async function listPeople() {
  const users = await connection.call("config/auth/list");
  const items = users.filter((user) => !user.system_generated).map(personItem);
  at("people").replaceChildren(...items);
}

function personItem(user) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = user.name;
  const role = document.createElement("span");
  role.className = user.is_active ? "chip" : "chip off";
  role.textContent = user.is_active ? roleOf(user) : "Switched off";
  item.append(name, role);
  return item;
}

function roleOf(user) {
  if (user.is_owner) {
    return "Owner";
  }
  if (user.group_ids.includes("system-admin")) {
    return "Administrator";
  }
  return user.group_ids.includes("system-users") ? "User" : "Viewer";
}

at("sign-out").addEventListener("click", signOut);
document.body.dataset.release = "{{release}}";
start();
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/service_worker.js").catch(() => undefined);
}
