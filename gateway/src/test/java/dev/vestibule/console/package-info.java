@NullMarked
package dev.vestibule.console;

import org.jspecify.annotations.NullMarked;
