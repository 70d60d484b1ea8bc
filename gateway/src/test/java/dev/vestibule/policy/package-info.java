@NullMarked
package dev.vestibule.policy;

import org.jspecify.annotations.NullMarked;
