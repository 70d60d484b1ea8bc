package dev.vestibule.policy;

import java.util.Locale;

/// What kind of path a request asks for, and so what it asks of the caller.
public enum RouteClass {
    /// Answered by the gateway; its handlers ask for what they need.
    OWN,
    /// Answered by the gateway too, and asked for by programs that show no page: tokens.
    ENDPOINT,
    /// The front end's own files and the pages of its panels.
    SHELL,
    /// The API: an access token, or a signed address.
    TOKEN,
    /// The websocket, which authenticates in its first message.
    SOCKET,
    /// Addresses that only the signature in them opens.
    SIGNED,
    /// Images and streams whose address carries an unguessable id or token.
    CAPABILITY,
    /// Where phones report: an id that belongs to an active person.
    WEBHOOK,
    /// What lies in Home Assistant's `www` folder.
    PUBLIC_FILES,
    /// The pages of add-ons.
    INGRESS,
    /// Voice assistants and model contexts: an access token and nothing else.
    VOICE,
    /// A browser that is signed in here.
    SESSION,
    /// Nobody.
    CLOSED;

    /// The name in configuration and log.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
