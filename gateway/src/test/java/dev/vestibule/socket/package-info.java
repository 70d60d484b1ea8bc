@NullMarked
package dev.vestibule.socket;

import org.jspecify.annotations.NullMarked;
