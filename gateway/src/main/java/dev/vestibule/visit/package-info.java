/// Who is at the door of a page of ours: a browser, from an address, signed in or not.
///
/// Entry: [Visitor] is a request as pages see it, [Insiders] knows whom its session belongs to,
/// [Browser] recognises one that is still signing in, [OriginCheck] tells forms of our own pages
/// from those of others. [LongList] is what its lists have in their addresses.
///
/// Knows nothing of how people sign in.
@NullMarked
package dev.vestibule.visit;

import org.jspecify.annotations.NullMarked;
