@NullMarked
package dev.vestibule.app;

import org.jspecify.annotations.NullMarked;
