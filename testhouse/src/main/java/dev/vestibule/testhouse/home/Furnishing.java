package dev.vestibule.testhouse.home;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Puts the things into a new house: five lights, a lamp switch, sensors, a camera, a speaker.
final class Furnishing {

    /// A door camera, whose token changes.
    static final String CAMERA = "camera.front_door";

    /// A speaker with a cover picture.
    static final String SPEAKER = "media_player.living_room";

    private final States states;

    private Furnishing(States states) {
        this.states = states;
    }

    static void put(States states) {
        new Furnishing(states).putAll();
    }

    private void putAll() {
        light("light.kitchen", "Kitchen", "on");
        light("light.living_room", "Living room", "off");
        light("light.hallway", "Hallway", "off");
        light("light.bedroom", "Bedroom", "off");
        light("light.porch", "Porch", "on");
        put("input_boolean.lamp", "off", named("Lamp").put("editable", false));
        put(
                "sensor.living_room_temperature",
                "21.4",
                named("Living room temperature")
                        .put("unit_of_measurement", "°C")
                        .put("device_class", "temperature"));
        put("sun.sun", "above_horizon", named("Sun"));
        put(CAMERA, "idle", Capabilities.cameraAttributes("Front door", CAMERA, Ids.hex(32)));
        String token = Ids.hex(32);
        put(
                SPEAKER,
                "playing",
                named("Living room speaker")
                        .put("media_title", "A quiet evening")
                        .put(
                                "entity_picture",
                                "/api/media_player_proxy/%s?token=%s&cache=%s"
                                        .formatted(SPEAKER, token, Ids.hex(8))));
    }

    private void light(String entityId, String name, String state) {
        ObjectNode attributes = Json.object();
        attributes.putArray("supported_color_modes").add("onoff");
        attributes
                .put("color_mode", state.equals("on") ? "onoff" : null)
                .put("friendly_name", name)
                .put("supported_features", 0);
        put(entityId, state, attributes);
    }

    private void put(String entityId, String state, ObjectNode attributes) {
        states.set(entityId, state, attributes, Context.ofHouse());
    }

    private static ObjectNode named(String name) {
        return Json.object().put("friendly_name", name);
    }
}
