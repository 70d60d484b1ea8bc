/// The tie to an unmodified Home Assistant: everything that knows how one is spoken to.
///
/// Entry: [HomeAssistant], one per home. It keeps an administrator's websocket open
/// (`AdministratorConnection` over `HomeAssistantSocket`) and hands out the parts:
/// [HomeAssistantUsers] for users and hidden credentials, [LoginFlows] for authorization codes,
/// [HomeAssistantTokens] for `/auth/token`, [TokenProbe] for the one question whether a token
/// lives. An outage is always [HomeAssistantUnavailable]; every answer of Home Assistant is a
/// sealed result.
///
/// Knows nothing of accounts, sessions or grants.
@NullMarked
package dev.vestibule.homeassistant;

import org.jspecify.annotations.NullMarked;
