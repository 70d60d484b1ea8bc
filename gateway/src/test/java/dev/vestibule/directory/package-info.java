@NullMarked
package dev.vestibule.directory;

import org.jspecify.annotations.NullMarked;
