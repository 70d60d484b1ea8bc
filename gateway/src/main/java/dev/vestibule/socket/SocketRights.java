package dev.vestibule.socket;

/// What decides about handled commands.
public enum SocketRights {
    ADMINISTRATOR,
    OTHER
}
