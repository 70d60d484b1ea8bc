@NullMarked
package dev.vestibule.liveness;

import org.jspecify.annotations.NullMarked;
