/// Which programs may ask for access to a home, and how much of a person's word they need.
///
/// Entry: [Clients] judges an authorization request's client and redirect. [CompanionApps] and
/// [VoiceAssistants] know those that everybody has, [ClientDocuments] fetches what a program says
/// about itself, and [PublicAddresses] keeps that fetching out of the house.
///
/// Knows nothing of people, sessions and codes: what becomes of a client is for whoever asked.
@NullMarked
package dev.vestibule.client;

import org.jspecify.annotations.NullMarked;
