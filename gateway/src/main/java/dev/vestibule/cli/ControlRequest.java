package dev.vestibule.cli;

import dev.vestibule.leave.Although;
import dev.vestibule.secret.Secret;

import java.time.Duration;
import java.util.List;

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

    /// See [AuditControl].
    record FindAudit(AuditControl.AuditWish wish, String place) implements ControlRequest {}

    /// See [ScimClientControl].
    sealed interface OfScimClient extends ControlRequest {

        record ListAll() implements OfScimClient {}

        record Add(String name, String provider, List<String> networks) implements OfScimClient {
            public Add {
                networks = List.copyOf(networks);
            }
        }

        record Rotate(String name) implements OfScimClient {}

        record Finish(String name) implements OfScimClient {}

        record Remove(String name) implements OfScimClient {}

        record Give(String name, String account) implements OfScimClient {}
    }

    /// See [ExplainControl].
    sealed interface OfExplain extends ControlRequest {
        record Request(ExplainControl.RequestQuestion question) implements OfExplain {}

        record Credential(Secret credential) implements OfExplain {}

        record Named(String what) implements OfExplain {}
    }

    /// See [KioskControl].
    sealed interface OfKiosk extends ControlRequest {

        record ListAll() implements OfKiosk {}

        record Remove(String key) implements OfKiosk {}
    }

    /// See [DeprovisioningControl].
    sealed interface OfDeprovisioning extends ControlRequest {

        record ListAll() implements OfDeprovisioning {}

        record Allow(String source) implements OfDeprovisioning {}

        record Dismiss(String source) implements OfDeprovisioning {}
    }

    /// See [LeaveControl].
    sealed interface OfLeaving extends ControlRequest {

        record Plan(String home) implements OfLeaving {}

        record Leave(String home, Although although) implements OfLeaving {}

        record ComeBack(String home) implements OfLeaving {}
    }

    /// See [EmergencyControl].
    sealed interface OfEmergency extends ControlRequest {

        record BreakGlass(String home, boolean isAnywhere) implements OfEmergency {}

        record LocalLoginOn(String home, Duration length) implements OfEmergency {}

        record LocalLoginOff(String home) implements OfEmergency {}

        record LocalLoginStatus() implements OfEmergency {}
    }
}
