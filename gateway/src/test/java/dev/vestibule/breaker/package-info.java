@NullMarked
package dev.vestibule.breaker;

import org.jspecify.annotations.NullMarked;
