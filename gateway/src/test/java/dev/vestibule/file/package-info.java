@NullMarked
package dev.vestibule.file;

import org.jspecify.annotations.NullMarked;
