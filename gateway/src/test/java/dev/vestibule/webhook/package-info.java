@NullMarked
package dev.vestibule.webhook;

import org.jspecify.annotations.NullMarked;
