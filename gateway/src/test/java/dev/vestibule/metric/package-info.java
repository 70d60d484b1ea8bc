@NullMarked
package dev.vestibule.metric;

import org.jspecify.annotations.NullMarked;
