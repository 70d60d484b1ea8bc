/// SCIM 2.0 over HTTP (RFC 7644) at `/scim/v2`, where identity systems say who is to be here.
///
/// Entry: [Scim], which `Gateway` builds. A request goes through [ScimHandler]: whose it is
/// (`tenant`), whether there is room for it, then to [ResourceEndpoint], [SearchEndpoint] or
/// [DiscoveryEndpoint]. What is asked for happens in the room `directory`; this one knows paths,
/// headers and how things look outside, and no rows.
@NullMarked
package dev.vestibule.scim;

import org.jspecify.annotations.NullMarked;
