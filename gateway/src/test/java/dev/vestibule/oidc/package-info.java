@NullMarked
package dev.vestibule.oidc;

import org.jspecify.annotations.NullMarked;
