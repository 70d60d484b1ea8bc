@NullMarked
package dev.vestibule.account;

import org.jspecify.annotations.NullMarked;
