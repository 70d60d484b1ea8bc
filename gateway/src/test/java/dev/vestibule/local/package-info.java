@NullMarked
package dev.vestibule.local;

import org.jspecify.annotations.NullMarked;
