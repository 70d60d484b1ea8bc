package dev.vestibule.socket;

/// What decides about handled commands.
public enum SocketRights {
    ADMINISTRATOR,
    OTHER,
    /// A wall tablet, which makes no tokens and changes nothing about accounts.
    KIOSK
}
