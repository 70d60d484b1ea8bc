@NullMarked
package dev.vestibule.grant;

import org.jspecify.annotations.NullMarked;
