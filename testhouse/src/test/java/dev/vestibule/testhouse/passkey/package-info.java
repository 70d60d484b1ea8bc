@NullMarked
package dev.vestibule.testhouse.passkey;

import org.jspecify.annotations.NullMarked;
