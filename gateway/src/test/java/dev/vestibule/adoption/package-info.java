@NullMarked
package dev.vestibule.adoption;

import org.jspecify.annotations.NullMarked;
