package dev.vestibule.provisioning;

import dev.vestibule.secret.Secret;

/// What signs a person in at Home Assistant without their knowing it.
record HiddenCredential(String userId, String username, Secret password) {}
