@NullMarked
package dev.vestibule.telling;

import org.jspecify.annotations.NullMarked;
