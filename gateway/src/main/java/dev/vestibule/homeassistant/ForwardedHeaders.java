package dev.vestibule.homeassistant;

/// Whether this Home Assistant accepts `X-Forwarded-For` from the gateway.
public sealed interface ForwardedHeaders {

    /// It does, so every request made for a person names the person's address.
    record Accepted() implements ForwardedHeaders {}

    /// It answers 400 to the header: `use_x_forwarded_for` is off, or the gateway is no trusted
    /// proxy of it. It then takes everybody for the gateway.
    record NotConfigured() implements ForwardedHeaders {}

    /// Not asked yet.
    record Unknown() implements ForwardedHeaders {}
}
