@NullMarked
package dev.vestibule.tenant;

import org.jspecify.annotations.NullMarked;
