/// The house that was there before the gateway: tokens of browsers, phones, scripts and Cast
/// devices that are older than it go on working, and become grants that can be ended.
///
/// Entry: [TokenAdoption], which asks Home Assistant once about a token that nobody here knows, and
/// [PhoneAdoption] for the webhooks of phones; [Residents] finds or makes the account that they
/// belong to.
@NullMarked
package dev.vestibule.adoption;

import org.jspecify.annotations.NullMarked;
