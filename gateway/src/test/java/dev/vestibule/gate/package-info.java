@NullMarked
package dev.vestibule.gate;

import org.jspecify.annotations.NullMarked;
