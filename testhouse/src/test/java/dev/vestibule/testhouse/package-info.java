@NullMarked
package dev.vestibule.testhouse;

import org.jspecify.annotations.NullMarked;
