@NullMarked
package dev.vestibule.session;

import org.jspecify.annotations.NullMarked;
