@NullMarked
package dev.vestibule.handoff;

import org.jspecify.annotations.NullMarked;
