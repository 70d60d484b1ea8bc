@NullMarked
package dev.vestibule.foreign;

import org.jspecify.annotations.NullMarked;
