package dev.vestibule.scim;

import dev.vestibule.audit.AuditEvent;
import dev.vestibule.audit.AuditLog;
import dev.vestibule.tenant.TenantId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tells the operator what an identity system believes and is not so. Safe to share between
/// threads; waits for the database.
final class Alarms {

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final int PER_SECOND = 1;
    private static final int AT_ONCE = 60;

    private final InstantSource time;
    private final AuditLog audit;
    private final Map<TenantId, TokenBucket> buckets = new ConcurrentHashMap<>();

    Alarms(InstantSource time, AuditLog audit) {
        this.time = time;
        this.audit = audit;
    }

    /// Somebody was perhaps to be switched off, and was not. Bounded for each client: the log has
    /// its place on a disk.
    void unreadableActive(ScimRequest request) {
        TokenBucket bucket =
                buckets.computeIfAbsent(
                        request.tenant(),
                        _ -> TokenBucket.full(PER_SECOND, AT_ONCE, time.instant()));
        if (!bucket.take(time.instant()).isZero()) {
            return;
        }
        String who = request.asking().cause().by();
        String resource = request.path().size() > 1 ? known(request.path().get(1)) : "";
        LOG.warn(
                "event=scim-active-unreadable by={} resource={} request={}"
                        + " effect=\"nothing was changed; whoever was to be switched off is not\"",
                who,
                resource,
                request.http().id());
        audit.append(
                new AuditEvent.ScimActiveUnreadable(resource, who, request.http().id()),
                request.asking().cause().address());
    }

    /// Attack: a path that looks like another line of the log.
    private static String known(String id) {
        return id.matches("[0-9a-f-]{36}") ? id : "unknown";
    }
}
