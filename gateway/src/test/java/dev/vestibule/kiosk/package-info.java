@NullMarked
package dev.vestibule.kiosk;

import org.jspecify.annotations.NullMarked;
