package dev.vestibule.directory;

import dev.vestibule.revocation.Cause;
import dev.vestibule.tenant.Tenant;

/// Whose request it is.
///
/// @param cause who that is for the audit log, and from where the request came
public record Asking(Tenant tenant, Cause cause) {}
