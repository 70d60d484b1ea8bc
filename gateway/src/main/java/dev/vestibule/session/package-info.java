/// Signed-in browsers.
///
/// Entry: [SessionService]. A session is a random cookie whose hash is stored; it carries no data.
@NullMarked
package dev.vestibule.session;

import org.jspecify.annotations.NullMarked;
