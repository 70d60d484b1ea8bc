/// Webhooks: addresses that open Home Assistant to whoever knows them. Here each belongs to the
/// person whose phone registered it, and closes with that person's access.
///
/// Entry: [WebhookService].
@NullMarked
package dev.vestibule.webhook;

import org.jspecify.annotations.NullMarked;
