@NullMarked
package dev.vestibule.passkey;

import org.jspecify.annotations.NullMarked;
