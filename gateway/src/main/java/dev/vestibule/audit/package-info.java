/// The memory of the house: what happened to whom, from where, and why. Append-only.
///
/// Entry: [AuditLog] writes, [AuditStore] finds. One record per event in [AuditEvent]; ids are text
/// here, because this room lies below those that own them.
@NullMarked
package dev.vestibule.audit;

import org.jspecify.annotations.NullMarked;
