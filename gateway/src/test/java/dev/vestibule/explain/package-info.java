@NullMarked
package dev.vestibule.explain;

import org.jspecify.annotations.NullMarked;
