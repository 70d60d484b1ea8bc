/// An OpenID provider inside the process: correct by default, and a liar when told to be.
///
/// [ScriptedOpenIdProvider] is the entry: it wires the endpoints, and each endpoint is one class
/// that turns a [ProviderRequest] into an answer. What can be lied about is listed by the enums
/// behind [Lie]; every place asks the script for its own kind of lie and nothing else. Tokens are
/// written by hand instead of by a library, because a library refuses to write most of what is
/// needed here.
///
/// It knows nothing of its relying parties beyond what they registered.
@NullMarked
package dev.vestibule.testhouse.openid;

import org.jspecify.annotations.NullMarked;
