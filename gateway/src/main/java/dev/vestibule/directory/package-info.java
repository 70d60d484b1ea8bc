/// What identity systems sent by SCIM: users, groups, and who is in which group. Each tenant sees
/// its own and nothing else.
///
/// Entry: [Directory], which runs each change as one transaction: [ResourceStore] and [MemberStore]
/// hold the rows, [Consequences] says what the change means for people, and refuses it where it may
/// not be. This room knows nothing of HTTP; how a resource looks outside is for the room `scim`.
@NullMarked
package dev.vestibule.directory;

import org.jspecify.annotations.NullMarked;
