package dev.vestibule.homeassistant;

/// A page of Home Assistant's side bar: `/` and the url path open it.
public record Panel(String urlPath, String component, boolean requiresAdmin) {}
