@NullMarked
package dev.vestibule.scim;

import org.jspecify.annotations.NullMarked;
