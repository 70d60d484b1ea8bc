@NullMarked
package dev.vestibule.management;

import org.jspecify.annotations.NullMarked;
