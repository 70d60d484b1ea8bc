@NullMarked
package dev.vestibule.leave;

import org.jspecify.annotations.NullMarked;
