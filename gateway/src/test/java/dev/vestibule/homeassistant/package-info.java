@NullMarked
package dev.vestibule.homeassistant;

import org.jspecify.annotations.NullMarked;
