package dev.vestibule.console;

import dev.vestibule.client.Clients;
import dev.vestibule.homeassistant.HomeAssistant;
import dev.vestibule.provisioning.HomeSignIn;

/// What the console needs of one home.
public record ConsoleHome(HomeAssistant homeAssistant, HomeSignIn signIn, Clients clients) {}
