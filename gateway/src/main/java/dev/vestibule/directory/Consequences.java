package dev.vestibule.directory;

import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.tenant.Tenant;

import org.jdbi.v3.core.Handle;

import java.util.Set;

/// What a change that a tenant asked for means for people. Each method is called inside the
/// transaction of the change, after the rows are written, and must not wait for anything but the
/// database. What it returns is cut once the transaction holds.
///
/// Each may refuse the change by throwing a [ScimError]: then nothing of it happened.
public interface Consequences {

    Ended userCreated(Handle tx, Tenant tenant, StoredResource after, Cause cause);

    /// Also where nothing changed: what was asked for is to hold, whatever happened here meanwhile.
    Ended userChanged(
            Handle tx, Tenant tenant, StoredResource before, StoredResource after, Cause cause);

    /// Called while the user's row is still there. The user is in no group any more.
    Ended userDeleted(Handle tx, Tenant tenant, StoredResource before, Cause cause);

    /// The groups of these users are others now, or have other names; groups in groups count.
    ///
    /// @param users ids of users of the tenant; never empty
    Ended membersChanged(Handle tx, Tenant tenant, Set<String> users, Cause cause);
}
