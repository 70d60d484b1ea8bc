@NullMarked
package dev.vestibule.shell;

import org.jspecify.annotations.NullMarked;
