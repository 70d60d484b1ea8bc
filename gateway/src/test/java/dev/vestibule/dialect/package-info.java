/// What each identity system says over SCIM, as data in `scim/packs/`, and the house that listens.
/// Begin with [DialectPacksTest][dev.vestibule.dialect.DialectPacksTest].
@NullMarked
package dev.vestibule.dialect;

import org.jspecify.annotations.NullMarked;
