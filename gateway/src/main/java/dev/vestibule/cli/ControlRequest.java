package dev.vestibule.cli;

/// One command to a running gateway, as it travels over the control socket.
sealed interface ControlRequest {

    record ListAccounts() implements ControlRequest {}

    record Link(String account, String home, String user) implements ControlRequest {}

    record Suspend(String account) implements ControlRequest {}

    record Restore(String account) implements ControlRequest {}

    record Remove(String account) implements ControlRequest {}

    record SignOut(String account) implements ControlRequest {}

    record ListGrants() implements ControlRequest {}

    record Approve(String grant) implements ControlRequest {}

    record Revoke(String grant) implements ControlRequest {}
}
