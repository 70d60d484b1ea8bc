@NullMarked
package dev.vestibule.audit;

import org.jspecify.annotations.NullMarked;
