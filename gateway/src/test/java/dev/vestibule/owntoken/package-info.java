@NullMarked
package dev.vestibule.owntoken;

import org.jspecify.annotations.NullMarked;
