@NullMarked
package dev.vestibule.resource;

import org.jspecify.annotations.NullMarked;
