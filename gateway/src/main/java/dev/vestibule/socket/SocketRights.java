package dev.vestibule.socket;

/// What decides about handled commands.
public enum SocketRights {
    ADMINISTRATOR,
    OTHER,
    /// An emergency administrator, who changes whatever is to be changed and takes nothing away
    /// that works when their session has ended.
    EMERGENCY,
    /// A wall tablet, which makes no tokens and changes nothing about accounts.
    KIOSK
}
