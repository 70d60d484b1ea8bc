@NullMarked
package dev.vestibule.log;

import org.jspecify.annotations.NullMarked;
