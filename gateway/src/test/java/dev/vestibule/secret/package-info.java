@NullMarked
package dev.vestibule.secret;

import org.jspecify.annotations.NullMarked;
