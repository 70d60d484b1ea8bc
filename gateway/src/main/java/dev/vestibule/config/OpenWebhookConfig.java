package dev.vestibule.config;

import dev.vestibule.secret.Secret;

import java.util.List;
import java.util.Set;

/// A webhook of an automation or an integration, open to whoever knows its id. Those of phones need
/// no entry: they belong to their people. Home Assistant may have rules of its own for it besides.
///
/// @param id the webhook's id as Home Assistant has it. It opens the webhook as a password would,
///   so keep it like one. Required. Example: `id-file: doorbell.webhook`
/// @param methods the methods that pass, among `POST`, `PUT`, `GET` and `HEAD`. Default: `[POST,
///   PUT]`. Example: `[GET]`
/// @param from from where it may be called. Default: `anywhere`. Example: `lan`
public record OpenWebhookConfig(Secret id, Set<String> methods, WebhookOrigin from) {

    static final List<String> METHODS = List.of("POST", "PUT", "GET", "HEAD");
    static final Set<String> DEFAULT_METHODS = Set.of("POST", "PUT");

    public OpenWebhookConfig {
        methods = Set.copyOf(methods);
    }

    /// From where a webhook may be called.
    public enum WebhookOrigin {
        /// From everywhere.
        ANYWHERE,
        /// From the networks listed as `lan` only.
        LAN
    }
}
