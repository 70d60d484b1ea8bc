/// What Home Assistant has still to be told. Rows are written in the transaction that decided, and
/// leave when Home Assistant has agreed, over restarts of either side.
///
/// Entry: [Outbox]. Who delivers is not known here.
@NullMarked
package dev.vestibule.outbox;

import org.jspecify.annotations.NullMarked;
