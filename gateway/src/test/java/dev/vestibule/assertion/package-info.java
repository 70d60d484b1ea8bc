@NullMarked
package dev.vestibule.assertion;

import org.jspecify.annotations.NullMarked;
