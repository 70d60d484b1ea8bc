/// How access ends: one path for everything that ends it. Local effect first, in one transaction;
/// then connections are cut; then Home Assistant is told through the outbox.
///
/// Entry: [AccountLifecycle]. Nothing else in the house ends anybody's access.
@NullMarked
package dev.vestibule.revocation;

import org.jspecify.annotations.NullMarked;
