package dev.vestibule.directory;

import dev.vestibule.resource.ResourceKind;
import dev.vestibule.resource.ScimError;
import dev.vestibule.revocation.Cause;
import dev.vestibule.revocation.Ended;
import dev.vestibule.tenant.Tenant;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Writes down what follows from changes, in the words of a test, and refuses what it is told to.
/// People are not concerned.
public final class Heard implements Consequences {

    private final List<String> all = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable ScimError refusal;

    /// What was heard since the last time, in order.
    public List<String> take() {
        List<String> heard = List.copyOf(all);
        all.clear();
        return heard;
    }

    /// Every change is refused from now on.
    public void refuseWith(ScimError error) {
        refusal = error;
    }

    public void allow() {
        refusal = null;
    }

    private Ended hear(String line) {
        ScimError error = refusal;
        if (error != null) {
            throw error;
        }
        all.add(line);
        return Ended.NONE;
    }

    @Override
    public Ended userCreated(Handle tx, Tenant tenant, StoredResource after, Cause cause) {
        return hear("created " + state(after));
    }

    @Override
    public Ended userChanged(
            Handle tx, Tenant tenant, StoredResource before, StoredResource after, Cause cause) {
        return hear("changed " + state(before) + " to " + state(after));
    }

    @Override
    public Ended userDeleted(Handle tx, Tenant tenant, StoredResource before, Cause cause) {
        return hear("deleted " + state(before));
    }

    private static String state(StoredResource user) {
        return user.name() + (user.isActive() ? "" : " (off)");
    }

    /// The names of the users, each with the groups that the user is in now.
    @Override
    public Ended membersChanged(Handle tx, Tenant tenant, Set<String> users, Cause cause) {
        ResourceStore store = new ResourceStore();
        Set<String> lines = new TreeSet<>();
        for (String user : users) {
            lines.add(
                    store.find(tx, tenant.id(), ResourceKind.USER, user).orElseThrow().name()
                            + store.groupNamesOf(tx, tenant.id(), user));
        }
        return hear("members " + lines);
    }
}
