@NullMarked
package dev.vestibule.emergency;

import org.jspecify.annotations.NullMarked;
