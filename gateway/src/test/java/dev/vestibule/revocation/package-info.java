@NullMarked
package dev.vestibule.revocation;

import org.jspecify.annotations.NullMarked;
