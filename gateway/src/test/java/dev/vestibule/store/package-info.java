@NullMarked
package dev.vestibule.store;

import org.jspecify.annotations.NullMarked;
