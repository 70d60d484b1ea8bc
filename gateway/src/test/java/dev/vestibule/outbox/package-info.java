@NullMarked
package dev.vestibule.outbox;

import org.jspecify.annotations.NullMarked;
