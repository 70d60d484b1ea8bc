@NullMarked
package dev.vestibule.login;

import org.jspecify.annotations.NullMarked;
