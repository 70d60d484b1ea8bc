/// A person's user at a home: made at the first sign-in, mended at every later one.
///
/// Entry: [HomeSignIn] brings a person to an authorization code. [HomeUserProvisioner] makes and
/// mends the Home Assistant user, step by step and in an order that a crash at any point leaves
/// recognisable; [HomeUserStore] remembers which user belongs to which account.
///
/// Knows nothing of how the person proved who they are.
@NullMarked
package dev.vestibule.provisioning;

import org.jspecify.annotations.NullMarked;
